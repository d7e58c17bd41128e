"""The catalogue of tips and facts."""

import datetime

import pytest

from scoring import tips
from scoring.models import Kind

CODES = (
    [f"B{n}" for n in range(1, 12)]
    + [f"F{n}" for n in range(1, 11)]
    + [f"E{n}" for n in range(1, 11)]
    + [f"R{n}" for n in range(1, 11)]
)
DAY = datetime.date(2026, 11, 22)


def test_every_tip_of_the_page_is_there():
    assert list(dict.fromkeys(tip.code for tip in tips.TIPS)) == CODES


@pytest.mark.django_db
def test_tips_speak_of_kinds_that_exist():
    known = set(Kind.objects.values_list("code", flat=True))

    assert {kind for tip in tips.TIPS for kind in tip.kinds} <= known


@pytest.mark.django_db
def test_whatever_can_be_planned_has_words_of_its_own():
    plannable = list(Kind.objects.filter(minutes__isnull=False).values_list("code", flat=True))

    for weeks in range(6):
        texts = tips.texts_for(plannable, week=DAY + datetime.timedelta(weeks=weeks))

        assert len(set(texts.values())) == len(plannable)


def test_a_tip_stays_for_the_week_and_takes_turns():
    said = {
        tips.texts_for(["comment_posted"], week=DAY + datetime.timedelta(weeks=n))["comment_posted"]
        for n in (0, 1)
    }

    assert len(said) == 2


def test_a_sentence_that_is_hidden_leaves_its_turn_and_without_another_the_kind_is_named():
    def said(*hidden):
        return {
            tips.texts_for(
                ["comment_posted"], week=DAY + datetime.timedelta(weeks=n), hidden=frozenset(hidden)
            )["comment_posted"]
            for n in range(4)
        }

    assert len(said()) == 2
    assert len(said("E2")) == 1
    assert said("E2") < said()
    assert said("E2", "E10") == {"Substantive comment on another's post"}


def test_a_kind_that_was_added_later_shows_its_name():
    assert tips.texts_for(["podcast_recorded"], week=DAY) == {"podcast_recorded": "podcast recorded"}


def test_the_fact_is_the_same_all_day_and_another_tomorrow():
    tomorrow = DAY + datetime.timedelta(days=1)

    assert tips.fact_of(DAY) == tips.fact_of(DAY) != tips.fact_of(tomorrow)
    assert len(tips.FACTS) == 11
