"""What the frame around every page shows: where one may go, and who one is."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ssi_dashboard import clock
from teams import access


@dataclass
class Item:
    name: str
    url: str
    label: str
    icon: str


@dataclass
class Navigation:
    person: str = ""
    initials: str = ""
    theme: str = "system"
    shortcuts: bool = False
    demo: bool = False
    is_seller: bool = False
    current: str = ""
    items: list[Item] = field(default_factory=list)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The context processor; empty on fragments and for people who are not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": Navigation()}
    match = request.resolver_match
    nav = Navigation(
        person=user.name,
        initials=user.initials,
        theme=user.theme,
        shortcuts=user.shortcuts,
        demo=user.is_demo,
        is_seller=access.seller_of(user) is not None,
        current=match.url_name or "" if match else "",
    )
    if not getattr(request, "htmx", False) and not (match and match.namespace == "admin"):
        nav.items = _items(request, is_seller=nav.is_seller)
    return {"nav": nav}


def _items(request: HttpRequest, *, is_seller: bool) -> list[Item]:
    items = []
    if is_seller:
        items += [
            Item("my-day", reverse("my-day"), _("My day"), "sun"),
            Item("my-index", reverse("my-index"), _("My index"), "gauge"),
            Item("plan", reverse("plan"), _("Plan"), "calendar-check"),
        ]
    reach = access.reach_of(request, today=clock.today())
    team = reach.first()
    if team is not None:
        items.append(
            Item("leaderboard", reverse("leaderboard", args=[team.slug]), _("Board"), "list-ordered")
        )
        if reach.coaches(team.pk):
            items.append(
                Item("team-coaching", reverse("team-coaching", args=[team.slug]), _("Coaching"), "users")
            )
    if is_seller:
        items.append(Item("uploads", reverse("uploads"), _("Bring in an archive"), "upload"))
    if access.is_administrator(request.user):
        items.append(Item("seats", reverse("seats"), _("Sales Navigator"), "network"))
    if access.may_try_formulas(request.user):
        items.append(Item("formulas", reverse("formulas"), _("Formulas"), "target"))
    if request.user.is_staff:
        items.append(Item("admin", reverse("admin:index"), _("Administration"), "settings"))
    return items
