"""How a seller's index of one day became that of another: read from what is stored, told in words."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring import past, roster
from scoring.formula.lines import Part
from scoring.formula.statement import Cells, Statement, statement
from scoring.models import Activity
from scoring.recompute import ONE_DAY
from scoring.rulebook import Rulebook

HEADER = ("part", "kind", "day", "amount")
PART_LABELS = {
    Part.OPENING: gettext_lazy("Opening index"),
    Part.FADED: gettext_lazy("Faded"),
    Part.LOST: gettext_lazy("Lost"),
    Part.GAINED: gettext_lazy("Gained"),
    Part.UNCOUNTED: gettext_lazy("No longer counted: newer acts took the place"),
    Part.ADDED: gettext_lazy("Added"),
    Part.FORMULA: gettext_lazy("New formula"),
    Part.REMOVED: gettext_lazy("Removed"),
    Part.CLOSING: gettext_lazy("Closing index"),
}


class NoIndex(ValueError):
    """There is no index of that day; the message is fit for the person."""


def statement_of(seller_id: int, *, first: date, last: date, today: date) -> Statement:
    """Tell how a seller's index went from one day to another, from the history as it stands now.

    Opening and closing are the scores of these days, whether or not their rows are kept. Costs six queries.

    Raises NoIndex for a day that has not come yet or on which the seller had left, and Backwards.
    """
    if last > today:
        raise NoIndex(_("That day has not come yet."))
    left = roster.left_on(seller_id)
    if left is not None and last >= left:
        raise NoIndex(
            _("There is no index from %(day)s on: the seller had left.") % {"day": date_format(left)}
        )
    return statement(
        past.history_of(seller_id),
        first=first,
        last=last,
        formula_on=Rulebook().formula_on,
        removed=removed_since(seller_id, first, upto=last),
    )


def removed_since(seller_id: int, day: date, *, upto: date) -> Cells:
    """The quantities, by kind and day, of acts up to a day that were deleted after another."""
    midnight = datetime.combine(day + ONE_DAY, time.min, tzinfo=timezone.get_default_timezone())
    gone = Activity.objects.of(seller_id).filter(deleted_at__gte=midnight, day__lte=upto)
    cells = gone.order_by().values("kind__code", "day").annotate(n=Sum("quantity"))
    return {(code, on): n for code, on, n in cells.values_list("kind__code", "day", "n")}


def rows(told: Statement) -> Iterator[tuple[str, str, str, Decimal]]:
    """Give a statement's lines for a file, one for each part, kind and day; points with two decimals."""
    amounts: dict[tuple[str, str, str], int] = defaultdict(int)
    for line in told.lines:
        # What another formula does is told by pillar on a page, and in one line here.
        amounts[line.part.value, line.kind, line.day.isoformat() if line.day else ""] += line.amount
    yield Part.OPENING.value, "", told.first.isoformat(), points(told.opening)
    for (part, kind, day), amount in amounts.items():
        yield part, kind, day, points(amount)
    yield Part.CLOSING.value, "", told.last.isoformat(), points(told.closing)


def points(hundredths: int) -> Decimal:
    """Hundredths as points, exactly, with two decimals."""
    return Decimal(hundredths).scaleb(-2)
