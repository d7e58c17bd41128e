"""A year in the life of an invented seller: good weeks, holidays, growth for some."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist
from typing import Any

import numpy as np

from scoring.formula.catalogue import PILLARS, Kind

DAYS = 365
# The reference week of docs/formula.md, outcomes and monthly acts included: an intensity of 1.
REFERENCE_WEEK = {
    "people_search": 20.0,
    "advanced_search": 5.0,
    "connection_request_personalised": 5.0,
    "connection_request_sent": 2.0,
    "lead_saved": 10.0,
    "visitor_review": 2.0,
    "visitor_contacted": 1.0,
    "account_saved": 2.0,
    "account_researched": 0.5,
    "saved_search_created": 0.3,
    "company_followed": 1.0,
    "person_followed": 2.0,
    "prospect_profile_viewed": 20.0,
    "lead_activity_monitored": 5.0,
    "content_shared": 2.0,
    "content_reshared": 1.0,
    "comment_posted": 25.0,
    "post_recommended": 10.0,
    "comment_replied": 5.0,
    "engagement_received": 0.7,
    "group_joined": 0.1,
    "group_contribution": 1.0,
    "trigger_event_acted": 0.5,
    "insight_saved": 1.0,
    "event_attended": 0.2,
    "story_or_video_posted": 0.3,
    "connection_accepted": 4.0,
    "executive_connected": 1.0,
    "colleague_connected": 0.4,
    "message_sent": 15.0,
    "message_reply_received": 5.0,
    "customer_checkin": 2.0,
    "colleague_supported": 2.0,
    "introduction_made": 0.3,
    "recommendation_given": 0.1,
    "endorsement_given": 0.5,
    "meeting_booked": 1.0,
    "lead_converted": 0.15,
    "endorsement_received": 1.0,
    "recommendation_received": 0.1,
    "article_published": 0.25,
    "profile_refreshed": 0.25,
    "course_completed": 0.08,
    "campaign_launched": 0.05,
}
MEDIAN, SPREAD = 0.34, 0.9
TOLD = 0.22  # of what could be logged on a day: people write down some kinds one day, others the next
QUIET = {(12, day): 0.15 for day in range(22, 32)} | {(1, day): 0.3 for day in range(1, 7)}
QUIET |= {(8, day): 0.4 for day in range(8, 21)}


@dataclass(frozen=True)
class Habits:
    """What somebody does in an ordinary week: 1 is the reference week, by pillar and kind more or less."""

    intensity: float
    before: float  # a year ago, beside it
    weights: dict[str, float]
    per_week: float  # days of the week on which something is logged

    @classmethod
    def of(cls, intensity: float, chance: np.random.Generator) -> "Habits":
        strengths = dict(zip(PILLARS, np.exp(chance.normal(0, 0.35, len(PILLARS))), strict=True))
        liked = chance.random(len(REFERENCE_WEEK)) < 0.3 + 0.5 * min(1.0, intensity)
        tastes = np.exp(chance.normal(0, 0.4, len(REFERENCE_WEEK))) * liked * len(liked) / max(1, liked.sum())
        weights = {code: float(taste) for code, taste in zip(REFERENCE_WEEK, tastes, strict=True)}
        return cls(
            intensity=intensity,
            before=float(np.exp(chance.normal(-0.2, 0.4))),
            weights={**strengths, **weights},
            per_week=float(np.clip(0.8 + 2.8 * intensity, 1.0, 4.5)),
        )


def intensities(count: int) -> list[float]:
    """As in a real organisation: most do little, a few do very much."""
    bell = NormalDist()
    return [MEDIAN * float(np.exp(SPREAD * bell.inv_cdf((n + 0.5) / count))) for n in range(count)]


def acts(
    habits: Habits,
    kinds: dict[str, Kind],
    *,
    first: date,
    today: date,
    away: Sequence[tuple[date, date]],
    chance: np.random.Generator,
) -> Iterator[tuple[str, date, int]]:
    """Give what the seller did from one day to today: kind, day and how many; nothing on the days away."""
    days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    codes = [code for code in REFERENCE_WEEK if habits.weights[code] and code in kinds]
    weekly = np.array(
        [REFERENCE_WEEK[code] * habits.weights[code] * habits.weights[kinds[code].pillar] for code in codes]
    )
    effort = habits.intensity / habits.per_week * _growth(habits, days, today) * _weather(days, chance)
    effort *= chance.random(len(days)) < _likely(habits, days)
    effort *= [not any(begin <= day < end for begin, end in away) for day in days]
    told = chance.random((len(days), len(codes))) < TOLD
    amounts = chance.poisson(np.outer(effort, weekly) * told / TOLD)
    for row, column in zip(*np.nonzero(amounts), strict=True):
        yield codes[column], days[row], int(amounts[row, column])


def _growth(habits: Habits, days: Sequence[date], today: date) -> Any:
    """From what they did a year ago to what they do now."""
    ago = np.array([(today - day).days / DAYS for day in days])
    return 1.0 + (habits.before - 1.0) * ago


def _weather(days: Sequence[date], chance: np.random.Generator) -> Any:
    """Good and bad weeks, and the time around holidays."""
    weeks = {key: chance.gamma(4.0) / 4.0 for key in dict.fromkeys(day.isocalendar()[:2] for day in days)}
    return np.array([weeks[day.isocalendar()[:2]] * QUIET.get((day.month, day.day), 1.0) for day in days])


def _likely(habits: Habits, days: Sequence[date]) -> Any:
    """How likely it is that anything is logged on a day."""
    return np.array([habits.per_week / 5 if day.weekday() < 5 else 0.03 for day in days])
