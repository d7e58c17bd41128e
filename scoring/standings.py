"""What a published night says of everybody at once: ranks, positions, and which old days are kept."""

from datetime import date, timedelta

from scoring.formula.ranking import ranks
from scoring.models import Score
from scoring.recompute import DAYS_KEPT, ROWS_AT_ONCE, kept


def store_ranks(day: date) -> None:
    """Write rank and position in the organisation of the shown sellers; others have neither.

    The position goes on inside a tie, in the order of the keys; a list names people in a tie by name.
    """
    rows = list(Score.objects.on(day).filter(seller__shown_on_boards=True).order_by("-ssi", "seller_id"))
    for position, (row, rank) in enumerate(zip(rows, ranks([row.ssi for row in rows]), strict=True), 1):
        row.rank, row.position = rank, position
    Score.objects.on(day).filter(seller__shown_on_boards=False).update(rank=None, position=None)
    Score.objects.bulk_create(
        rows,
        batch_size=ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["seller_id", "day"],
        update_fields=["rank", "position"],
    )


def thin_out(*, today: date) -> None:
    """Of days that are no longer kept one by one, keep the last of each month."""
    old = Score.objects.filter(day__lte=today - timedelta(days=DAYS_KEPT))
    for day in list(old.order_by().values_list("day", flat=True).distinct()):
        if not kept(day, today=today):
            Score.objects.on(day).delete()
