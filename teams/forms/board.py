"""What the address of a board says, read kindly: what makes no sense is as if it were not there."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _

from scoring.formula.periods import NotAPeriod, Period
from teams.leaderboard import COLUMNS
from teams.models import Team
from teams.tree import Tree

BY_RANK = "rank"
ORDERS = [sign + column for column in COLUMNS for sign in ("", "-")]
LONGEST_QUERY = 80


@dataclass(frozen=True)
class Selection:
    """What is shown of a board; its `query` is the shortest address that says so."""

    period: Period
    newest: Period
    team: str = ""
    q: str = ""
    sort: str = BY_RANK
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        return bool(self.team or self.q)

    def query(self, **changes: Any) -> str:
        """The address after the question mark, encoded; a change leads back to the first page."""
        other = replace(self, **{"page": 1, **changes}) if changes else self
        said = {
            "period": "" if other.period == self.newest else str(other.period),
            "team": other.team,
            "q": other.q,
            "sort": "" if other.sort == BY_RANK else other.sort,
            "page": "" if other.page == 1 else other.page,
        }
        return urlencode({name: value for name, value in said.items() if value})


class BoardForm(forms.Form):
    """Period, sub-team, part of a name and order of a team's board."""

    q = forms.CharField(label=_("Search by name"), required=False, max_length=LONGEST_QUERY)
    team = forms.ChoiceField(label=_("Sub-team"), required=False)
    period = forms.CharField(required=False)
    sort = forms.ChoiceField(required=False, choices=[(order, order) for order in ORDERS])
    page = forms.IntegerField(required=False, min_value=1)

    def __init__(self, data: Any, *, team: Team, tree: Tree, published: date) -> None:
        super().__init__(data)
        self.published = published
        self.sub_teams = _below(tree, team.pk)
        self.fields["team"].choices = [(sub.slug, sub.name) for _depth, sub in self.sub_teams]  # type: ignore[attr-defined]

    def selection(self) -> Selection:
        self.is_valid()
        said = self.cleaned_data
        return Selection(
            period=self._period(),
            newest=Period.of(self.published, "day"),
            team=said.get("team", ""),
            q=said.get("q", ""),
            sort=said.get("sort") or BY_RANK,
            page=said.get("page") or 1,
        )

    def _period(self) -> Period:
        """The period asked for; one that is not published yet gives way to the newest of its length."""
        try:
            period = Period.parse(self.cleaned_data.get("period") or str(self.published))
        except NotAPeriod:
            return Period.of(self.published, "day")
        return period if period.first <= self.published else Period.of(self.published, period.length)


class FollowForm(forms.Form):
    """Whether to follow, and the page to go back to without JavaScript."""

    state = forms.ChoiceField(choices=[("on", _("Follow")), ("off", _("Unfollow"))])
    next = forms.CharField(required=False)

    def clean_next(self) -> str:
        page = self.cleaned_data["next"]
        is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
        return page if is_ours else "/"


def _below(tree: Tree, team_id: int) -> list[tuple[int, Team]]:
    """The sub-teams, each after the one above it, with their depth from 0."""
    found: list[tuple[int, Team]] = []
    waiting = [(0, child) for child in reversed(tree.children(team_id))]
    while waiting:
        depth, team = waiting.pop()
        found.append((depth, team))
        waiting += [(depth + 1, child) for child in reversed(tree.children(team.pk))]
    return found
