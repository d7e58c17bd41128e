"""The best week ahead for one seller, told as tips."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scoring import tips
from scoring.formula.plan import Plan, Tip
from scoring.labels import kind_label, pillar_label
from scoring.rulebook import kinds


@dataclass(frozen=True)
class TipRow:
    """One tip of a plan, in the active language.

    days are those on which to do it, one entry a time; minutes the effort of all times; gain, in hundredths
    of the SSI, what it brings by the last day if all is done. A standing tip is ticked, not logged.
    """

    kind: str
    kind_label: str
    pillar: str
    pillar_label: str
    text: str
    times: int
    days: tuple[date, ...]
    when: str
    minutes: int
    gain: int
    standing: bool


def tips_for(plan: Plan, *, hidden: Container[str] = ()) -> list[TipRow]:
    """Put a plan's tips into words, largest gain first; without the sentences that are hidden, by code."""
    pillars = {kind.code: kind.pillar for kind in kinds().values()}
    texts = tips.texts_for([tip.kind for tip in plan.tips], week=plan.on, hidden=hidden)
    return [_row(tip, pillars[tip.kind], texts[tip.kind], plan=plan) for tip in plan.tips]


def _row(tip: Tip, pillar: str, text: str, *, plan: Plan) -> TipRow:
    return TipRow(
        kind=tip.kind,
        kind_label=kind_label(tip.kind),
        pillar=pillar,
        pillar_label=pillar_label(pillar),
        text=text,
        times=tip.times,
        days=tip.days,
        when=_("once, tomorrow") if tip.standing else _when(tip.days, plan=plan),
        minutes=tip.minutes,
        gain=tip.gain,
        standing=tip.standing,
    )


def _when(days: Sequence[date], *, plan: Plan) -> str:
    """Say how often and on which days: "3 times: Mon, Wed, Fri"."""
    by_day = Counter(days)
    if len(by_day) < (plan.last - plan.on).days:
        named = ", ".join(date_format(day, "D") for day in sorted(by_day))
        if len(days) == 1:
            return _("once: %(days)s") % {"days": named}
        words = ngettext("%(n)d time: %(days)s", "%(n)d times: %(days)s", len(days))
        return words % {"n": len(days), "days": named}
    if len(set(by_day.values())) == 1:
        return ngettext("%(n)d a day", "%(n)d a day", by_day[days[0]]) % {"n": by_day[days[0]]}
    words = ngettext("%(n)d time, over all days", "%(n)d times, over all days", len(days))
    return words % {"n": len(days)}
