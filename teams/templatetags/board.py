"""The rows of a board and the button that follows, in templates."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from teams import place_rows
from teams.place_rows import PlaceRows
from teams.places import Place

register = template.Library()


@register.simple_tag(takes_context=True)
def rows_of_places(context: Any, places: Iterable[Place]) -> SafeString:
    """The rows of the places, on a board's page."""
    rows = PlaceRows(
        context["request"],
        against=context["periods"]["against"],
        shows_teams=bool(context["shows_teams"]),
        may_follow=bool(context["network"]),
    )
    return rows.html(places)


@register.simple_tag(takes_context=True)
def follow_form(
    context: Any, seller: int, name: str, followed: bool, back: str, plain: Any = False
) -> SafeString:
    return place_rows.follow_form(
        reverse("follow", args=[seller]),
        name,
        followed=followed,
        back=back,
        token=str(context["csrf_token"]),
        key="" if plain else f"follow-{seller}",
    )
