"""The kinds as a seller chooses from them: what is done most first, and all of them by pillar."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count

from scoring import past
from scoring.formula.catalogue import PILLARS
from scoring.labels import pillar_label
from scoring.models import Activity, Kind
from scoring.rulebook import Rulebook, kind_codes, kinds

LOOK_BACK = timedelta(days=90)
MOST_FREQUENT = 8
# What a new seller begins with: two of each pillar that one can do every day.
FIRST_CHOICES = (
    "comment_posted",
    "message_sent",
    "connection_request_personalised",
    "content_shared",
    "people_search",
    "customer_checkin",
    "post_recommended",
    "lead_saved",
)


@dataclass(frozen=True)
class Choice:
    """A kind to choose: points are those of the formula in force; held means ticked, of a standing kind.

    ask_again: it was confirmed so long ago that the seller is asked whether it is true still.
    """

    code: str
    label: str
    pillar: str
    points: float
    held: bool = False
    ask_again: bool = False


@dataclass(frozen=True)
class PillarChoices:
    """The kinds of one pillar: acts to log, and standing items to tick."""

    key: str
    label: str
    acts: list[Choice] = field(default_factory=list)
    standing: list[Choice] = field(default_factory=list)


@dataclass(frozen=True)
class Choices:
    """All kinds that there are: the acts this seller logs most first, and everything by pillar."""

    frequent: list[Choice]
    pillars: list[PillarChoices]


def choices_of(seller_id: int, *, today: date) -> Choices:
    """Read what a seller may choose from today. Costs three queries."""
    offered = _offered(seller_id, today=today)
    acts = {kind.code: choice for kind, choice in offered if not kind.is_standing}
    wanted = dict.fromkeys([*_most_logged(seller_id, today=today), *FIRST_CHOICES])
    return Choices(
        frequent=[acts[code] for code in wanted if code in acts][:MOST_FREQUENT],
        pillars=[_of_pillar(pillar, offered) for pillar in PILLARS],
    )


def checklist_of(seller_id: int, *, today: date) -> list[Choice]:
    """The standing kinds, in the order of the catalogue, with what is ticked. Costs two queries."""
    return [choice for kind, choice in _offered(seller_id, today=today) if kind.is_standing]


def _offered(seller_id: int, *, today: date) -> list[tuple[Kind, Choice]]:
    worths = Rulebook().formula_on(today).kinds
    items = past.items_of(seller_id)
    held = {item.kind for item in items if item.span.covers(today)}
    asked = past.to_confirm(items, today=today)
    return [
        (
            kind,
            Choice(
                code=kind.code,
                label=kind.label,
                pillar=kind.pillar,
                points=worths[kind.code].points if kind.code in worths else 0,
                held=kind.code in held,
                ask_again=kind.code in asked,
            ),
        )
        for kind in kinds().values()
    ]


def _of_pillar(pillar: str, offered: Iterable[tuple[Kind, Choice]]) -> PillarChoices:
    here = [(kind, choice) for kind, choice in offered if kind.pillar == pillar]
    return PillarChoices(
        key=pillar,
        label=pillar_label(pillar),
        acts=[choice for kind, choice in here if not kind.is_standing],
        standing=[choice for kind, choice in here if kind.is_standing],
    )


def _most_logged(seller_id: int, *, today: date) -> list[str]:
    """The codes of the kinds logged most often lately."""
    lately = Activity.objects.of(seller_id).live().filter(day__gt=today - LOOK_BACK, day__lte=today)
    codes = kind_codes()
    often = lately.order_by().values_list("kind_id").annotate(n=Count("pk"))
    return [code for _n, code in sorted((-n, codes[kind]) for kind, n in often)][:MOST_FREQUENT]
