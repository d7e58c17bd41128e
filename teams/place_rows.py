"""The rows of a board as HTML. Not a template: that would take ten times as long as all else on the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from ssi_dashboard.numbers import shown
from ssi_dashboard.parts import delta, icon, movement
from teams.places import Place

PILLARS = ("brand", "find", "engage", "relate")


def follow_form(
    address: str, name: str, *, followed: bool, back: str, token: str, key: str = ""
) -> SafeString:
    """The button that follows a colleague or stops it; `back` is the page to return to.

    With a key htmx puts the answer in its place, without one the whole page comes anew.
    """
    htmx = f' hx-post="{address}" hx-target="this" hx-swap="outerHTML"' if key else ""
    own_id = f' id="{key}"' if key else ""
    label = escape(_("Follow %(name)s") % {"name": name})
    state, pressed = ("off", "true") if followed else ("on", "false")
    title, sign = (_("You follow"), "user-check") if followed else (_("Follow"), "user-plus")
    return mark_safe(  # noqa: S308
        f'<form method="post" action="{address}"{htmx}>'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">'
        f'<input type="hidden" name="next" value="{escape(back)}">'
        f'<input type="hidden" name="state" value="{state}">'
        f'<button class="icon-button"{own_id} aria-pressed="{pressed}" aria-label="{label}" '
        f'title="{escape(title)}">{icon(sign)}</button></form>'
    )


@dataclass(frozen=True)
class PlaceRows:
    """What the rows of a page have in common; `against`, translated, says since when changes are counted."""

    request: HttpRequest
    against: str
    shows_teams: bool
    may_follow: bool

    def html(self, places: Iterable[Place]) -> SafeString:
        return mark_safe("\n".join(map(self._row, places)))  # noqa: S308

    def _row(self, place: Place) -> str:
        you = ' class="you" id="you"' if place.is_you else ""
        labels, language = self._labels, self._language
        pillars = "".join(
            f'<td class="score {name}" data-label="{labels[name]}">'
            f"{shown(getattr(place, name), language=language)}</td>"
            for name in PILLARS
        )
        change = delta(place.change, self.against, language=language)
        return (
            f'<tr{you}><td class="rank">{self._rank(place)}</td><th scope="row" class="who">'
            f'<span class="avatar" aria-hidden="true">{escape(place.initials)}</span>'
            f"<span>{self._name(place)}{self._note(place)}</span></th>{pillars}"
            f'<td class="ssi" data-label="{labels["ssi"]}">{shown(place.ssi, language=language)}</td>'
            f'<td class="change" data-label="{labels["change"]}">{change}</td>'
            f"{self._follow(place)}</tr>"
        )

    @cached_property
    def _language(self) -> str | None:
        return get_language()

    @cached_property
    def _labels(self) -> dict[str, str]:
        labels = {
            "brand": _("Brand"),
            "find": _("Find"),
            "engage": _("Engage"),
            "relate": _("Relate"),
            "ssi": _("SSI"),
            "change": pgettext("score", "Change"),
        }
        return {name: escape(label) for name, label in labels.items()}

    def _rank(self, place: Place) -> str:
        rank = movement(
            place.rank, tied=place.tied, move=place.move, is_new=place.is_new, language=self._language
        )
        if not place.rank_now:
            return rank
        now = _("now %(rank)s") % {"rank": place.rank_now}
        return f'{rank} <span class="who-note">{escape(now)}</span>'

    def _name(self, place: Place) -> str:
        name = escape(place.name)
        if place.is_you:
            you = _("You")
            badge = f'<span class="badge you">{escape(you)}</span>'
            return f'<a href="{reverse("my-index")}">{name}</a> {badge}'
        if not place.may_open:
            return name
        return f'<a href="{self._address.replace("0", str(place.seller))}">{name}</a>'

    def _note(self, place: Place) -> str:
        if place.is_shown and not self.shows_teams:
            return ""
        team = escape(place.team_name) if self.shows_teams else ""
        return f' <span class="who-note">{team}{"" if place.is_shown else self._hidden(place)}</span>'

    def _hidden(self, place: Place) -> str:
        said = _("Only you and your managers see this row") if place.is_you else _("Not shown on boards")
        return f' <span class="badge outline">{icon("eye-off")} {escape(said)}</span>'

    def _follow(self, place: Place) -> str:
        if not self.may_follow:
            return ""
        if not (place.may_follow or place.followed):
            return '<td class="row-actions"></td>'
        form = follow_form(
            self._follow_address.replace("0", str(place.seller)),
            place.name,
            followed=place.followed,
            back=self._back,
            token=self._token,
            key=f"follow-{place.seller}",
        )
        return f'<td class="row-actions">{form}</td>'

    @cached_property
    def _address(self) -> str:
        """That of the seller 0: Django takes its time for each address."""
        return reverse("seller", args=[0])

    @cached_property
    def _follow_address(self) -> str:
        return reverse("follow", args=[0])

    @cached_property
    def _back(self) -> str:
        return self.request.get_full_path()

    @cached_property
    def _token(self) -> str:
        return get_token(self.request)
