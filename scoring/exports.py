"""Rows for files: the scores of a day, and everything that was logged."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q

from scoring.models import Activity, Holding, Score
from scoring.rulebook import kind_codes
from ssi_dashboard.numbers import plain

SCORES_HEADER = ("seller", "team", "industry", "day", "brand", "find", "engage", "relate", "ssi", "rank")
ROWS_AT_ONCE = 2000


def score_rows(day: date) -> Iterator[tuple[object, ...]]:
    """Give the scores of the sellers active that day by rank, then e-mail; ranked as they are now.

    Who is not shown on boards is in nobody's rank: their rows come last, without one.
    """
    paths = _team_paths()
    scores = Score.objects.on(day).filter(Q(seller__left_on=None) | Q(seller__left_on__gt=day))
    shown = scores.filter(seller__shown_on_boards=True).order_by("-ssi", "seller__user__email")
    rank, last = 0, None
    for place, row in enumerate(_scores(shown), 1):
        rank = rank if row["ssi"] == last else place
        last = row["ssi"]
        yield _score_row(row, paths, rank=rank)
    hidden = scores.filter(seller__shown_on_boards=False).order_by("seller__user__email")
    for row in _scores(hidden):
        yield _score_row(row, paths, rank=None)


def _scores(scores: Any) -> Iterator[dict[str, Any]]:
    columns = ("seller__user__email", "team_id", "seller__industry__name", "day", *Score.PARTS)
    return scores.values(*columns).iterator(chunk_size=ROWS_AT_ONCE)


def _score_row(row: dict[str, Any], paths: dict[int, str], *, rank: int | None) -> tuple[object, ...]:
    return (
        row["seller__user__email"],
        paths.get(row["team_id"], ""),
        row["seller__industry__name"] or "",
        row["day"].isoformat(),
        *(plain(row[part]) for part in Score.PARTS),
        "" if rank is None else rank,
    )


def _team_paths() -> dict[int, str]:
    """The teams' names from the top down, as in `North/Store 12`."""
    teams = {
        pk: (name, parent)
        for pk, name, parent in apps.get_model("teams", "Team")
        ._default_manager.order_by()
        .values_list("pk", "name", "parent")
    }

    def path(pk: int) -> str:
        names: list[str] = []
        above: int | None = pk
        while above is not None and len(names) <= len(teams):
            name, above = teams[above]
            names.append(name)
        return "/".join(reversed(names))

    return {pk: path(pk) for pk in teams}


def activity_rows(*, seller_id: int | None = None) -> Iterator[tuple[object, ...]]:
    """Give live activities and standing items in the columns of an import, in no order that matters."""
    codes = kind_codes()
    acts = Activity.objects.live().order_by("seller", "day", "pk")
    held = Holding.objects.order_by("seller", "first", "pk")
    if seller_id is not None:
        acts, held = acts.filter(seller=seller_id), held.filter(seller=seller_id)
    columns = ("seller__user__email", "kind_id", "day", "quantity", "network", "link", "note")
    for email, kind, day, *said in acts.values_list(*columns).iterator(chunk_size=ROWS_AT_ONCE):
        yield email, codes[kind], day.isoformat(), "", *said
    spans = held.values_list("seller__user__email", "kind_id", "first", "until")
    for email, kind, first, until in spans.iterator(chunk_size=ROWS_AT_ONCE):
        yield email, codes[kind], first.isoformat(), until.isoformat() if until else "", "", "", "", ""


def count_activity_rows(*, seller_id: int | None = None) -> int:
    acts, held = Activity.objects.live(), Holding.objects.all()
    if seller_id is not None:
        acts, held = acts.filter(seller=seller_id), held.filter(seller=seller_id)
    return acts.count() + held.count()
