"""What one writes first: a query for each seller, a model instance for each score, one bulk_create.

It is spared the caps and the standing items, so it has less to do than the formula asks.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Sum

from scoring.formula.catalogue import PILLARS
from scoring.formula.pillar import scores
from scoring.models import Activity, Score
from scoring.rulebook import Version, kind_codes


def score_all(sellers: Sequence[int], *, day: date, version: Version) -> list[Score]:
    """Score sellers for a day and store the rows."""
    codes, kinds, half_life = kind_codes(), version.formula.kinds, version.formula.half_life_days
    rows = []
    for seller in sellers:
        raw = dict.fromkeys(PILLARS, 0.0)
        tallies = (
            Activity.objects.of(seller)
            .live()
            .filter(day__lte=day)
            .order_by()
            .values_list("kind_id", "day")
            .annotate(n=Sum("quantity"))
        )
        for key, done_on, n in tallies:
            kind = kinds[codes[key]]
            raw[kind.pillar] += kind.points * n * 2 ** (-(day - done_on).days / half_life)
        found = scores(raw, formula=version.formula)
        rows.append(Score(seller_id=seller, day=day, formula_id=version.pk, **found._asdict()))
    return Score.objects.bulk_create(rows)
