"""A year in the life of an invented seller: good weeks, holidays, growth for some."""

from collections.abc import Iterator, Mapping, Sequence
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
    """What sellers do in an ordinary week, a row each: 1 is the reference week, more or less by kind."""

    intensity: np.ndarray
    before: np.ndarray  # a year ago, beside it
    strengths: np.ndarray  # sellers x PILLARS
    tastes: np.ndarray  # sellers x REFERENCE_WEEK, 0 for what is never done
    per_week: np.ndarray  # days of the week on which something is logged

    @classmethod
    def of(cls, intensity: Any, chance: np.random.Generator) -> "Habits":
        """Draw the habits of one seller, or of as many as there are intensities."""
        intensity = np.atleast_1d(intensity)
        each, kinds = len(intensity), len(REFERENCE_WEEK)
        strengths = np.exp(chance.normal(0, 0.35, (each, len(PILLARS))))
        liked = chance.random((each, kinds)) < (0.3 + 0.5 * np.minimum(1.0, intensity))[:, None]
        tastes = np.exp(chance.normal(0, 0.4, (each, kinds))) * liked * kinds
        return cls(
            intensity=intensity,
            before=np.exp(chance.normal(-0.2, 0.4, each)),
            strengths=strengths,
            tastes=tastes / np.maximum(1, liked.sum(axis=1, keepdims=True)),
            per_week=np.clip(0.8 + 2.8 * intensity, 1.0, 4.5),
        )

    def weekly(self, kinds: Mapping[str, Kind]) -> np.ndarray:
        """How many of each kind of the reference week at an intensity of 1; none of one that is not known."""
        known = [PILLARS.index(kinds[code].pillar) if code in kinds else None for code in REFERENCE_WEEK]
        by_pillar = [self.strengths[:, at] if at is not None else 0.0 * self.intensity for at in known]
        return np.array(list(REFERENCE_WEEK.values())) * self.tastes * np.stack(by_pillar, axis=1)


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
    """Give what one seller did from one day to today: kind, day and how many; nothing on the days away."""
    days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    weekly = habits.weekly(kinds)[0]
    codes = [code for code, number in zip(REFERENCE_WEEK, weekly, strict=True) if number]
    at_work = [not any(begin <= day < end for begin, end in away) for day in days]
    efforts = effort(habits, days, today=today, chance=chance)[0] * at_work
    told = chance.random((len(days), len(codes))) < TOLD
    amounts = chance.poisson(np.outer(efforts, weekly[weekly > 0]) * told / TOLD)
    for row, column in zip(*np.nonzero(amounts), strict=True):
        yield codes[column], days[row], int(amounts[row, column])


def effort(habits: Habits, days: Sequence[date], *, today: date, chance: np.random.Generator) -> np.ndarray:
    """What part of an ordinary week each seller does on each day; on many days nothing is logged."""
    ordinary = (habits.intensity / habits.per_week)[:, None] * _growth(habits, days, today)
    done: np.ndarray = ordinary * _weather(len(habits.intensity), days, chance)
    return done * (chance.random(done.shape) < _likely(habits, days))


def _growth(habits: Habits, days: Sequence[date], today: date) -> np.ndarray:
    """From what they did a year ago, and before, to what they do now."""
    ago = np.array([min(1.0, (today - day).days / DAYS) for day in days])
    return 1.0 + (habits.before[:, None] - 1.0) * ago


def _weather(each: int, days: Sequence[date], chance: np.random.Generator) -> np.ndarray:
    """Good and bad weeks, and the time around holidays."""
    weeks = {key: n for n, key in enumerate(dict.fromkeys(day.isocalendar()[:2] for day in days))}
    luck = chance.gamma(4.0, size=(each, len(weeks))) / 4.0
    quiet = np.array([QUIET.get((day.month, day.day), 1.0) for day in days])
    return luck[:, [weeks[day.isocalendar()[:2]] for day in days]] * quiet


def _likely(habits: Habits, days: Sequence[date]) -> np.ndarray:
    """How likely it is that anything is logged on a day."""
    return np.where([day.weekday() < 5 for day in days], habits.per_week[:, None] / 5, 0.03)
