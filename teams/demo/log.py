"""What the people of the demo logged, and what LinkedIn's own page showed them."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from scoring.formula.catalogue import PILLARS, Kind
from scoring.identity import content_digest
from scoring.imports import count_more
from scoring.models import Activity, Holding, OfficialScore, Score
from scoring.rulebook import Rulebook, kind_codes
from teams.demo.organisation import SEED, Person
from teams.demo.year import acts

LINKED = {
    "content_shared",
    "content_reshared",
    "comment_posted",
    "article_published",
    "story_or_video_posted",
}
LINK = "https://social.example/posts/%09d"
LINKS = 10**9
HAVE_LINK, HAVE_NOTE = 0.4, 0.03  # of what can have one
ON_FIRST_NETWORK = 0.75  # of the acts, where a kind has more than one
MOST = 40  # in one entry
NOTES = (
    "Met at the spring fair",
    "Asked for the new price list",
    "Talked about delivery times",
    "Wants a demonstration next month",
    "Knows our customer in the harbour",
    "Question about the service contract",
)
TODAY = (("people_search", 2, ""), ("comment_posted", 3, "linkedin"), ("message_sent", 2, "linkedin"))
HELD_BY_WHO_SIGNS_IN = ("profile_photo", "profile_headline", "profile_experience", "profile_skills")
HELD_FOR = 25  # days, by those who lose an item again
EVERY_DAYS = 28  # between two looks at the official page


def fill_logs(people: list[Person], *, today: date) -> None:
    """Write a year of activities with their tallies, and the standing items."""
    kinds = dict(Rulebook().on(today).formula.kinds)
    keys = {code: pk for pk, code in kind_codes().items()}
    dice = np.random.default_rng(SEED + 1)
    rows = [act for person in people for act in _log(person, kinds, keys, today=today, dice=dice)]
    Activity.objects.bulk_create(rows)
    count_more((act.seller_id, act.day, act.kind_id, act.quantity) for act in rows)
    Holding.objects.bulk_create(
        held for person in people for held in _profile(person, kinds, keys, today=today, dice=dice)
    )


def _log(
    person: Person, kinds: dict[str, Kind], keys: dict[str, int], *, today: date, dice: np.random.Generator
) -> Iterator[Activity]:
    end = min(today, (person.seller.left_on or today + timedelta(days=1)) - timedelta(days=1))
    away = person.away
    for code, day, quantity in acts(
        person.habits, kinds, first=person.since, today=end, away=away, chance=dice
    ):
        if not (person.signs_in and day == today):
            yield _act(person, kinds[code], keys, day=day, quantity=min(quantity, MOST), dice=dice)
    if person.signs_in:
        for code, quantity, network in TODAY:
            yield _act(person, kinds[code], keys, day=today, quantity=quantity, dice=dice, network=network)


def _act(
    person: Person,
    kind: Kind,
    keys: dict[str, int],
    *,
    day: date,
    quantity: int,
    dice: np.random.Generator,
    network: str | None = None,
) -> Activity:
    if network is None:
        mostly_first = dice.random() < ON_FIRST_NETWORK
        network = kind.networks[0] if mostly_first else kind.networks[int(dice.integers(len(kind.networks)))]
    is_linked = kind.code in LINKED and dice.random() < HAVE_LINK
    link = LINK % int(dice.integers(LINKS)) if is_linked else ""
    note = NOTES[int(dice.integers(len(NOTES)))] if dice.random() < HAVE_NOTE else ""
    said = {"day": day, "quantity": quantity, "network": network, "link": link}
    return Activity(
        seller=person.seller,
        kind_id=keys[kind.code],
        note=note,
        content=content_digest(kind=kind.code, **said),  # type: ignore[arg-type]
        **said,
    )


def _profile(
    person: Person, kinds: dict[str, Kind], keys: dict[str, int], *, today: date, dice: np.random.Generator
) -> Iterator[Holding]:
    span = (today - person.since).days
    for code in (code for code, kind in kinds.items() if kind.standing):
        luck, since = dice.random(), dice.integers(span)
        has, begun, ended = (found[0] for found in held(person.habits.intensity, luck, since, span=span))
        if code in HELD_BY_WHO_SIGNS_IN if person.signs_in else has:
            first = person.since + timedelta(days=int(begun))
            until = first + timedelta(days=HELD_FOR) if ended else None
            yield Holding(seller=person.seller, kind_id=keys[code], first=first, until=until)


def held(intensity: Any, luck: Any, since: Any, *, span: int) -> tuple[Any, Any, Any]:
    """Say of standing items who has them, from which day of the span on, and which are gone again."""
    likely = np.minimum(0.92, 0.3 + 0.9 * intensity)
    begun = np.where(luck > likely / 2, since, 0)
    return luck <= likely, begun, (luck < 0.02) & (begun < span - 30)


def report_official_scores(people: list[Person], *, today: date) -> None:
    """Some look at their official figures every four weeks: like ours, but never the same."""
    dice = np.random.default_rng(SEED + 2)
    days = [today - timedelta(days=2 + EVERY_DAYS * n) for n in range(13)]
    reporting = {person.seller.pk for person in people if person.signs_in or dice.random() < 0.5}
    scores = Score.objects.filter(seller__in=reporting, day__in=days).order_by("seller", "day")
    OfficialScore.objects.bulk_create(_official(score, dice) for score in scores)


def _official(score: Score, dice: np.random.Generator) -> OfficialScore:
    parts = {
        pillar: Decimal(round(float(np.clip(getattr(score, pillar) / 4 + dice.normal(60, 220), 20, 2480))))
        / 100
        for pillar in PILLARS
    }
    return OfficialScore(
        seller_id=score.seller_id,
        day=score.day,
        total=sum(parts.values()),
        industry_top=int(np.clip(100 - score.ssi / 100 + dice.normal(-8, 6), 1, 99)),
        network_top=int(np.clip(105 - score.ssi / 100 + dice.normal(0, 8), 1, 99)),
        **parts,
    )
