"""What the page of a statement shows: its lines by part and pillar, with sums that add up as they stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Max, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scoring import past
from scoring.formula.catalogue import PILLARS
from scoring.formula.explain import split
from scoring.formula.lines import Line, Part
from scoring.formula.pillar import score
from scoring.formula.statement import Statement
from scoring.labels import kind_label, pillar_label
from scoring.models import Holding, Tally
from scoring.statement import PART_LABELS
from ssi_dashboard.numbers import shown
from teams.kept import rulebook
from teams.lines_behind import statement_url
from teams.models import Seller

MOST_LINES = 200  # more are told by kind, and each kind leads to its days
SPANS = (7, 28, 90)  # days
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """A line, or all those of a kind in a part with the address of its days; in hundredths."""

    label: str
    note: str
    amount: int
    url: str = ""


@dataclass(frozen=True)
class PillarLines:
    key: str
    label: str
    amount: int
    rows: list[Row]


@dataclass(frozen=True)
class PartLines:
    key: str
    label: str
    sentence: str
    amount: int
    pillars: list[PillarLines]


@dataclass(frozen=True)
class Sums:
    """From opening to closing: with what the lines are together, and what rounding them makes of a pillar.

    opening + lines + rounding is closing. opening and closing are None where only one kind is shown: what a
    kind contributes follows from the others too.
    """

    opening: int | None
    closing: int | None
    lines: int
    rounding: int = 0

    @property
    def change(self) -> int:
        return self.lines + self.rounding


@dataclass(frozen=True)
class Narrowed:
    """The part of the lines that is shown, and the way to all of them."""

    pillar: str
    label: str
    everything: str


@dataclass(frozen=True)
class StatementPage:
    told: Statement
    sums: Sums
    parts: list[PartLines]
    narrowed: Narrowed | None


def statement_page(seller: Seller, told: Statement, *, pillar: str = "", kind: str = "") -> StatementPage:
    """Put a page together: of all lines, of those of a pillar, or of those of a kind."""
    lines = [line for line in told.lines if pillar in ("", line.pillar) and kind in ("", line.kind)]
    url = statement_url(seller.pk, first=told.first, last=told.last)
    return StatementPage(
        told=told,
        sums=_sums(seller, told, lines, pillar=pillar, kind=kind),
        parts=list(_parts(told, lines, url=url, in_short=len(lines) > MOST_LINES and not kind)),
        narrowed=_narrowed(pillar, kind, url=url),
    )


def _sums(seller: Seller, told: Statement, lines: Iterable[Line], *, pillar: str, kind: str) -> Sums:
    moved = sum(line.amount for line in lines)
    if kind:
        return Sums(None, None, moved)
    if not pillar:
        return Sums(told.opening, told.closing, moved)
    opening, closing = (of_25_on(seller.pk, day)[pillar] for day in (told.first, told.last))
    return Sums(opening, closing, moved, rounding=closing - opening - moved)


def of_25_on(seller_id: int, day: date) -> dict[str, int]:
    """A day's pillars out of 25, from the history as it stands; they add up to the index. One query."""
    found = score(past.history_of(seller_id), on=day, formula=rulebook().formula_on(day))
    return split(found.ssi, {name: getattr(found, name) for name in PILLARS})


def _narrowed(pillar: str, kind: str, *, url: str) -> Narrowed | None:
    if kind:
        return Narrowed(pillar, kind_label(kind), url)
    return Narrowed(pillar, pillar_label(pillar), url) if pillar else None


def _parts(told: Statement, lines: Sequence[Line], *, url: str, in_short: bool) -> Iterator[PartLines]:
    for part in Part:
        of_part = [line for line in lines if line.part is part]
        if not of_part:
            continue
        amount = sum(line.amount for line in of_part)
        yield PartLines(
            key=part.value,
            label=str(PART_LABELS[part]),
            sentence=_sentence(part, amount, told),
            amount=amount,
            pillars=[
                found
                for name in PILLARS
                if (found := _pillar(name, of_part, url=url, in_short=in_short)).rows
            ],
        )


def _pillar(name: str, lines: Iterable[Line], *, url: str, in_short: bool) -> PillarLines:
    own = [line for line in lines if line.pillar == name]
    rows = _by_kind(own, url=url) if in_short else map(_row, own)
    return PillarLines(name, pillar_label(name), sum(line.amount for line in own), list(rows))


def _row(line: Line) -> Row:
    return Row(kind_label(line.kind) if line.kind else _("Another formula"), _note(line), line.amount)


def _note(line: Line) -> str:
    """The day, and how many acts of it count where not all of them do."""
    day = date_format(line.day) if line.day else ""
    words = {"day": day, "n": line.quantity, "counted": line.counted}
    if line.part is Part.REMOVED and line.quantity > 1:
        return _("%(day)s, %(n)d times") % words
    if line.part not in (Part.ADDED, Part.UNCOUNTED) or line.quantity == 1 == line.counted:
        return day
    if not line.counted:
        return _("%(day)s, not counted: beyond the cap") % words
    if line.counted < line.quantity:
        return _("%(day)s, %(counted)d of %(n)d counted") % words
    return _("%(day)s, %(n)d times") % words


def _by_kind(lines: Iterable[Line], *, url: str) -> Iterator[Row]:
    """The lines stand in the order of kinds already."""
    for code, same in groupby(lines, key=lambda line: line.kind):
        found = list(same)
        if len(found) == 1 or not code:
            yield from map(_row, found)
            continue
        days = ngettext("%(n)d day", "%(n)d days", len(found)) % {"n": len(found)}
        yield Row(kind_label(code), days, sum(line.amount for line in found), f"{url}&kind={code}")


def _sentence(part: Part, amount: int, told: Statement) -> str:
    """What the part did, in plain words."""
    words: dict[str, Any] = {"points": shown(abs(amount)), "signed": shown(amount, signed=amount != 0)}
    words |= {"first": date_format(told.first), "last": date_format(told.last)}
    return {
        Part.FADED: _(
            "What was done up to %(first)s is worth less on %(last)s: fading took %(points)s. "
            "Days of leave do not count, and items of the profile do not fade."
        ),
        Part.LOST: _("Items of the profile that were true on %(first)s and then no longer: %(signed)s."),
        Part.GAINED: _("Items of the profile that became true after %(first)s: %(signed)s."),
        Part.UNCOUNTED: _(
            "Of each kind only so many acts count in a day, week or month, and the latest do. "
            "Older acts that newer ones displaced: %(signed)s."
        ),
        Part.ADDED: _("What was done after %(first)s, with the worth that it has on %(last)s: %(signed)s."),
        Part.FORMULA: _("The index is computed by another formula on %(last)s: %(signed)s."),
        Part.REMOVED: _(
            "Acts that were deleted after %(first)s. They count on neither day any more and move nothing."
        ),
    }[part] % words


@dataclass(frozen=True)
class Span:
    """Two days that many ask for."""

    label: str
    url: str
    is_shown: bool


def spans(seller: Seller, *, shown_days: tuple[date, date], newest: date) -> list[Span]:
    """The days of which a statement is asked most, up to the newest day; two queries."""
    asked = [(ngettext("%(n)d day", "%(n)d days", n) % {"n": n}, newest - timedelta(days=n)) for n in SPANS]
    changed = last_changed(seller.pk, upto=newest)
    if changed is not None:
        asked.append((_("Since the last change"), changed - ONE_DAY))
    return [
        Span(label, statement_url(seller.pk, first=first, last=newest), (first, newest) == shown_days)
        for label, first in asked
    ]


def last_changed(seller_id: int, *, upto: date) -> date | None:
    """The newest day with an act, or on which an item of the profile began or ended."""
    acts = Tally.objects.filter(seller=seller_id, day__lte=upto).aggregate(day=Max("day"))
    items = Holding.objects.filter(seller=seller_id).aggregate(
        first=Max("first", filter=Q(first__lte=upto)), until=Max("until", filter=Q(until__lte=upto))
    )
    return max((day for day in (acts["day"], *items.values()) if day is not None), default=None)


def newest_day(seller: Seller, *, today: date) -> date:
    """Today, or the last day before somebody left."""
    return today if seller.left_on is None else min(today, seller.left_on - ONE_DAY)
