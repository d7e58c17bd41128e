"""The one door to boards: the places of the sellers of a list on one day, as finished values."""

from datetime import date, timedelta

from scoring.formula.periods import Period
from teams.listing import Listing
from teams.live_board import COLUMNS, FALLING_FIRST, Board, Listed, live_board
from teams.night_board import NightBoard
from teams.night_order import NightOrder
from teams.places import Place, Viewer

__all__ = ["COLUMNS", "FALLING_FIRST", "Board", "Listed", "NightBoard", "Place", "Viewer", "board", "days_of"]


def days_of(period: Period, *, published: date) -> tuple[date, date]:
    """The day whose board is that of the period, its last complete one, and the day it is compared to.

    A day is compared to a week before, a week or month to the last day of the period before.
    """
    day = min(period.last, published)
    return day, day - timedelta(days=7) if period.length == "day" else period.previous().last


def board(
    listing: Listing, *, day: date, compared_to: date, viewer: Viewer, language: str = "en"
) -> Board | NightBoard:
    """A list on a day, as the viewer may see it.

    Up to a thousand sellers are ranked from their current scores. A longer list keeps the night's order: its
    page is a slice of it, and costs the same however many they are.
    """
    order = NightOrder.of(listing, day, version=viewer.version)
    if order is not None:
        return NightBoard(order, day, compared_to, viewer, language)
    return live_board(listing, day=day, compared_to=compared_to, viewer=viewer, language=language)
