"""What the page of LinkedIn's figures shows: the history beside our index, and what was read from a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm, BoundField
from django.utils.translation import ngettext

from scoring.formula.catalogue import PILLARS
from scoring.formula_marks import NO_CHANGES, all_changes
from scoring.models import OfficialScore, Score
from scoring.official.chart import OfficialChart, beside_ours
from scoring.official.figures import OFFICIAL_FIELDS
from scoring.official.text import Reading
from scoring.recompute import DAYS_KEPT
from scoring.rulebook import Rulebook
from ssi_dashboard.numbers import shown

PER_PAGE = 50


@dataclass(frozen=True)
class OfficialRow:
    """An entry beside our index of the same day; all in hundredths, the top percentages excepted."""

    day: date
    pillars: list[int]
    total: int
    ours: int | None
    difference: int | None
    industry_top: int | None
    network_top: int | None


@dataclass(frozen=True)
class ReadingTold:
    """What a text showed: how many of the numbers, and the fields that stay to be filled in by hand."""

    count: str
    missing: list[BoundField]
    unclear: list[tuple[BoundField, str]]


def history(seller_id: int, *, page: str | None, today: date) -> dict[str, Any]:
    """Give the rows of one page of entries, newest first, and the chart of all of them."""
    entries = OfficialScore.objects.filter(seller=seller_id)
    theirs = {day: _hundredths(total) for day, total in entries.values_list("day", "total")}
    ours = _ours(seller_id, first=min(theirs)) if theirs else {}
    shown_page = Paginator(entries, PER_PAGE).get_page(page)
    return {
        "page": shown_page,
        "rows": _rows(shown_page.object_list, ours),
        "chart": _chart(theirs, ours, today=today),
    }


def _chart(theirs: dict[date, int], ours: dict[date, int], *, today: date) -> OfficialChart | None:
    changes = all_changes(Rulebook()) if theirs else NO_CHANGES
    return beside_ours(theirs, ours, daily_from=today - timedelta(days=DAYS_KEPT), formula_changes=changes)


def _ours(seller_id: int, *, first: date) -> dict[date, int]:
    return dict(Score.objects.of(seller_id).filter(day__gte=first).values_list("day", "ssi"))


def _rows(entries: Iterable[OfficialScore], ours: dict[date, int]) -> list[OfficialRow]:
    return [_row(entry, ours.get(entry.day)) for entry in entries]


def _row(entry: OfficialScore, ours: int | None) -> OfficialRow:
    total = _hundredths(entry.total)
    return OfficialRow(
        day=entry.day,
        pillars=[_hundredths(getattr(entry, name)) for name in PILLARS],
        total=total,
        ours=ours,
        difference=None if ours is None else ours - total,
        industry_top=entry.industry_top,
        network_top=entry.network_top,
    )


def _hundredths(points: Decimal) -> int:
    return round(points * 100)


def reading_told(reading: Reading, form: BaseForm) -> ReadingTold:
    found, whole = len(reading.figures), len(OFFICIAL_FIELDS)
    words = ngettext("%(n)d of %(all)d numbers found", "%(n)d of %(all)d numbers found", found)
    return ReadingTold(
        count=words % {"n": found, "all": whole},
        missing=[form[name] for name in reading.missing],
        unclear=[(form[name], _either(numbers)) for name, numbers in reading.unclear.items()],
    )


def _either(numbers: Iterable[Decimal]) -> str:
    return " / ".join(shown(_hundredths(number)) for number in numbers)
