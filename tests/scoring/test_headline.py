"""The newest score on or before a day, found by naming days."""

import datetime

import pytest

from scoring.headline import course_of, courses_of, headline_of
from tests.moments import TODAY, days_ago
from tests.teams.crowd import score

LONG_AGO = datetime.date(2023, 3, 31)  # the last day of a month is kept


@pytest.mark.parametrize("back", [0, 1, 7, 8, 15, 16, 399])
def test_the_newest_score_is_found_however_old_and_compared_with_that_of_a_week_before(ana, back):
    score(ana, 5000, day=days_ago(back))
    score(ana, 4200, day=days_ago(back + 7) if back < 399 else LONG_AGO)

    headline = headline_of(ana.seller.pk, on=TODAY)

    assert (headline.day, headline.ssi) == (days_ago(back), 5000)
    assert headline.change == (800 if back < 399 else None)


def test_of_old_months_the_last_day_is_found(ana):
    score(ana, 4200, day=LONG_AGO)

    assert headline_of(ana.seller.pk, on=TODAY).day == LONG_AGO
    assert headline_of(ana.seller.pk, on=LONG_AGO).day == LONG_AGO


def test_a_later_score_is_not_told_and_somebody_without_one_has_no_headline(ana):
    score(ana, 5000)

    assert headline_of(ana.seller.pk, on=days_ago(1)) is None


@pytest.mark.parametrize("back", [0, 7, 8, 40])
def test_a_course_ends_with_the_newest_score_and_covers_its_days(ana, back):
    for n in range(back, back + 30):
        score(ana, 5000 - n, day=days_ago(n))

    course = course_of(ana.seller.pk, upto=TODAY, days=10)

    wanted = [days_ago(n) for n in reversed(range(back, back + 10))]
    assert [day for day in course if day in wanted] == wanted
    assert list(course) == sorted(course)


def test_the_courses_of_many_cost_three_queries(ana, ada, sofia, django_assert_max_num_queries):
    score(ana, 5000, day=days_ago(1))
    score(ada, 4000, day=days_ago(30))
    keys = [ana.seller.pk, ada.seller.pk, sofia.seller.pk]

    with django_assert_max_num_queries(3):
        courses = courses_of(keys, upto=TODAY)

    assert [list(courses[pk]) for pk in keys] == [[days_ago(1)], [days_ago(30)], []]
