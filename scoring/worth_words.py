"""What an act is worth, in the words of the pages."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from scoring import past
from scoring.formula.history import History
from scoring.models import Activity
from scoring.rulebook import Rulebook
from scoring.worth import ActWorth, Logged, worths_of
from ssi_dashboard.numbers import shown


@dataclass(frozen=True)
class Worth:
    """now, in hundredths of the index, and everything else in words; without a figure it does not count."""

    now: int | None
    words: list[str]


@dataclass(frozen=True)
class ListedAct:
    act: Activity
    worth: Worth | None


def with_worth(seller_id: int, acts: Collection[Activity], *, on: date) -> list[ListedAct]:
    """Put beside each act what it is worth on a day. Costs five queries, none for no acts."""
    if not acts:
        return []
    words = worth_words(seller_id, acts, past.history_of(seller_id), rules=Rulebook(), on=on)
    return [ListedAct(act, words.get(act.pk)) for act in acts]


def worth_words(
    seller_id: int, acts: Collection[Logged], history: History, *, rules: Rulebook, on: date
) -> dict[int, Worth]:
    """Say what acts are worth on a day, by key; told the past that was read already. Costs one query."""
    found = worths_of(seller_id, acts, history, rules=rules, on=on)
    return {act.pk: _worth(found[act.pk], act.day, on=on) for act in acts if act.pk in found}


def _worth(worth: ActWorth, day: date, *, on: date) -> Worth:
    at_first = _("%(points)s at first") % {"points": shown(worth.at_first, signed=True)}
    if not worth.is_counted:
        if worth.counted_at_first:
            return Worth(None, [_("Not counted any more: newer acts took its place under the cap"), at_first])
        return Worth(None, [_("Not counted: beyond the cap")])
    words = [] if day == on else [at_first]
    if worth.counted < worth.quantity:
        counted = {"counted": worth.counted, "n": worth.quantity}
        words.append(_("%(counted)d of %(n)d counted, the others are beyond the cap") % counted)
    if worth.halved_on is not None:
        words.append(_halved(worth.halved_on, on=on))
    return Worth(worth.now, words)


def _halved(day: date, *, on: date) -> str:
    words = {"day": date_format(day)}
    if day > on:
        return _("Will have halved on %(day)s") % words
    return _("Halved on %(day)s") % words
