"""Whether a day was published once and right: the ledger, and each row against the pure module."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Sum

from scoring import night, past, replay
from scoring.formula.pillar import score
from scoring.models import Run, RunChunk, Score, Standing
from scoring.models.run import RunState, Step
from scoring.rulebook import Rulebook
from teams.models import Seller
from teams.tree import Tree


def problems(day: date, sellers: list[int]) -> list[str]:
    """Say what is wrong with the night of a day, on which just these sellers have scores; empty: nothing."""
    replayed = map(str, replay.differences(sellers, today=day))
    return [*_of_the_ledger(day, sellers), *_of_the_scores(day, sellers), *_of_the_places(day), *replayed]


def _of_the_ledger(day: date, sellers: list[int]) -> Iterator[str]:
    runs = list(Run.objects.filter(day=day))
    if [run.state for run in runs] != [RunState.COMPLETE] or night.published_day() != day:
        yield f"The day is not published: {[run.state for run in runs]}."
        return
    chunks = RunChunk.objects.filter(run=runs[0])
    counted = chunks.aggregate(n=Sum("scored"))["n"]
    if not runs[0].scored == counted == len(sellers):
        yield f"{runs[0].scored} scored by the run, {counted} by its parts, of {len(sellers)}."
    for chunk in chunks:
        inside = sum(chunk.first_seller <= pk <= chunk.last_seller for pk in sellers)
        if (chunk.step, chunk.state, chunk.scored) != (Step.WRITE, RunState.COMPLETE, inside):
            yield f"Part {chunk}: {chunk.step}, {chunk.state}, {chunk.scored} of {inside}."
        if chunk.handovers.filter(data__isnull=False).exists() or chunk.lease_until is not None:
            yield f"Part {chunk}: something is left of the work."


def _of_the_scores(day: date, sellers: list[int]) -> Iterator[str]:
    formula = Rulebook().formula_on(day)
    rows = {row.seller_id: row for row in Score.objects.on(day)}
    if sorted(rows) != sellers or Score.objects.on(day).count() != len(sellers):
        yield f"{len(rows)} sellers have a row, of {len(sellers)}."
    for seller, history in past.histories_of(sorted(rows)).items():
        expected = score(history, on=day, formula=formula)
        found = tuple(getattr(rows[seller], part) for part in Score.PARTS)
        if found != tuple(expected):
            yield f"Seller {seller}: {found}, and the formula says {tuple(expected)}."


def _of_the_places(day: date) -> Iterator[str]:
    """Ranks count who is above, so that ties share one; positions count through."""
    tree, rows = Tree(), list(Score.objects.on(day))
    industry_of = dict(Seller.objects.values_list("pk", "industry"))
    shown_ones = set(Seller.objects.filter(shown_on_boards=True).values_list("pk", flat=True))
    shown = [row for row in rows if row.seller_id in shown_ones]
    for row in rows:
        team, parent = (node.pk for node in tree.above(row.team_id))
        lists = {
            "": shown,
            "industry_": [o for o in shown if industry_of[o.seller_id] == industry_of[row.seller_id]],
            "team_": [o for o in shown if o.team_id in tree.below(team)],
            "parent_": [o for o in shown if o.team_id in tree.below(parent)],
        }
        for name, others in lists.items():
            above = 1 + sum(other.ssi > row.ssi for other in others)
            expected = above if row.seller_id in shown_ones else None
            if getattr(row, f"{name}rank") != expected:
                yield f"Seller {row.seller_id}: {name}rank {getattr(row, f'{name}rank')}, not {expected}."
    if sorted(row.position for row in shown) != list(range(1, len(shown) + 1)):
        yield "The positions do not count through."
    everybody = list(Standing.objects.filter(day=day, of=Standing.Of.EVERYBODY).values_list("n", flat=True))
    if everybody != [len(shown)]:
        yield f"The list of everybody counts {everybody}, not {len(shown)}."


def everything() -> dict[str, list[Any]]:
    """All that a night writes, to be compared with itself later; a replay of it may still be going on."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values(*_written(model)))
        for model in (Run, RunChunk, Score, Standing)
    }


def _written(model: Any) -> list[str]:
    names = [field.attname for field in model._meta.concrete_fields]
    return [name for name in names if not name.startswith("replay")]
