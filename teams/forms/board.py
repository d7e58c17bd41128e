"""What the address of a board says, read kindly: what makes no sense is as if it were not there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _

from scoring.formula.periods import NotAPeriod, Period
from teams.leaderboard import COLUMNS
from teams.models import Industry
from teams.tree import Node, Tree

BY_RANK = "rank"
ORDERS = [sign + column for column in COLUMNS for sign in ("", "-")]
LONGEST_QUERY = 80
MOST_CHOICES = 200  # of sub-teams in one list to choose from


@dataclass(frozen=True)
class Selection:
    """What is shown of a board; its `query` is the shortest address that says so."""

    period: Period
    newest: Period
    industry: str = ""
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
            "industry": other.industry,
            "team": other.team,
            "q": other.q,
            "sort": "" if other.sort == BY_RANK else other.sort,
            "page": "" if other.page == 1 else other.page,
        }
        return urlencode({name: value for name, value in said.items() if value})


class BoardForm(forms.Form):
    """Period, part of the list, part of a name and order of a board.

    No field has choices: Django copies them for each form, which takes milliseconds for many sub-teams.
    """

    q = forms.CharField(label=_("Search by name"), required=False, max_length=LONGEST_QUERY)
    team = forms.CharField(label=_("Sub-team"), required=False)
    industry = forms.CharField(label=_("Industry"), required=False)
    period = forms.CharField(required=False)
    sort = forms.CharField(required=False)
    page = forms.IntegerField(required=False, min_value=1)

    def __init__(
        self,
        data: Any,
        *,
        published: date,
        sub_teams: Sequence[tuple[int, Node]] = (),
        industries: Sequence[Industry] = (),
    ) -> None:
        super().__init__(data)
        self.published, self.sub_teams, self.industries = published, sub_teams, industries

    def clean_team(self) -> str:
        return self._one_of({sub.slug for _depth, sub in self.sub_teams}, "team")

    def clean_industry(self) -> str:
        return self._one_of({str(one.pk) for one in self.industries}, "industry")

    def clean_sort(self) -> str:
        return self._one_of(ORDERS, "sort")

    def _one_of(self, known: Collection[str], name: str) -> str:
        said: str = self.cleaned_data[name]
        return said if said in known else ""

    def selection(self) -> Selection:
        self.is_valid()
        said = self.cleaned_data
        return Selection(
            period=self._period(),
            newest=Period.of(self.published, "day"),
            industry=said.get("industry", ""),
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


def sub_teams(tree: Tree, team_id: int) -> list[tuple[int, Node]]:
    """The sub-teams to choose from, each after the one above it, with their depth from 0.

    Of thousands only the upper levels, as many as fit: the boards of these lead further down.
    """
    deepest = _deepest_that_fits(tree, team_id)
    found: list[tuple[int, Node]] = []
    waiting = [(0, child) for child in reversed(tree.children(team_id))]
    while waiting:
        depth, team = waiting.pop()
        found.append((depth, team))
        if depth < deepest:
            waiting += [(depth + 1, child) for child in reversed(tree.children(team.pk))]
    return found


def _deepest_that_fits(tree: Tree, team_id: int) -> int:
    level, n, depth = tree.children(team_id), 0, -1
    while level and (depth < 0 or n + len(level) <= MOST_CHOICES):
        n, depth = n + len(level), depth + 1
        level = [child for team in level for child in tree.children(team.pk)]
    return depth
