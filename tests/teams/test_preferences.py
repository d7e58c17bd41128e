"""What a person may choose for themselves."""

import pytest
import time_machine
from django.urls import reverse

from scoring.models import Restatement, Score
from teams.models import User
from tests.moments import NOON, TODAY, days_ago
from tests.teams.acts import log
from tests.teams.crowd import compare, crowd, score

PAGE = "/preferences/"
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "preferences"}
PERSON = {"language": "", "time_zone": "", "theme": "system", "shortcuts": "on"}
SELLER = {"shown_on_boards": "on", "minutes_per_week": "60"}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def test_sellers_and_others_have_preferences(client, ana, bruno):
    answers = []
    for person in (ana, bruno):
        client.force_login(person)
        answers.append(client.get(PAGE))

    assert [answer.status_code for answer in answers] == [200, 200]
    assert "Show me on boards" in answers[0].text
    assert "Show me on boards" not in answers[1].text
    assert all(reverse("account_change_password") in answer.text for answer in answers)


def test_a_language_is_spoken_by_the_very_answer(signed_in, ana):
    response = signed_in.post(PAGE, PERSON | SELLER | {"language": "pl"}, follow=True)

    ana.refresh_from_db()
    assert ana.language == "pl"
    assert '<html lang="pl"' in response.text
    assert response.headers["Content-Language"] == "pl"


def test_no_language_of_ones_own_is_that_of_the_browser(signed_in, ana):
    ana.language = "it"
    ana.save()

    response = signed_in.post(PAGE, PERSON | SELLER, follow=True, headers={"accept-language": "pl"})

    assert '<html lang="pl"' in response.text


def test_theme_and_shortcuts_are_in_the_frame_at_once(signed_in):
    form = {"language": "", "time_zone": "", "theme": "dark", **SELLER}

    response = signed_in.post(PAGE, form, follow=True)

    assert 'data-theme="dark"' in response.text
    assert 'data-shortcuts="off"' in response.text


def test_a_time_zone_is_kept(signed_in, ana):
    signed_in.post(PAGE, PERSON | SELLER | {"time_zone": "America/Lima"})

    ana.refresh_from_db()
    assert ana.time_zone == "America/Lima"


def test_htmx_is_led_to_the_whole_page_since_the_frame_changes(signed_in, ana):
    response = signed_in.post(PAGE, PERSON | SELLER | {"theme": "light"}, **HTMX)

    ana.refresh_from_db()
    assert ana.theme == "light"
    assert response.headers["HX-Redirect"] == PAGE


def test_off_the_boards_is_off_in_every_number_at_once_and_no_score_changes(signed_in, ana, north):
    others = crowd(north, [4000, 3000, 2000, 1000, 500], day=TODAY)
    score(ana, 9000, day=TODAY)
    scores = list(Score.objects.order_by("seller", "day").values())
    waiting = Restatement.objects.count()
    before = compare(others[0]).organisation

    signed_in.post(PAGE, PERSON | {"minutes_per_week": "60"})

    after = compare(others[0]).organisation
    assert (before.rank, before.n, after.rank, after.n) == (2, 6, 1, 5)
    assert list(Score.objects.order_by("seller", "day").values()) == scores
    assert Restatement.objects.count() == waiting


def test_off_the_boards_says_what_it_does(signed_in):
    assert "you are in no board, no rank, no average and no export" in signed_in.get(PAGE).text


def test_the_minutes_are_what_tips_may_take(signed_in, ana):
    log(ana, "comment_posted", days_ago(3))
    signed_in.post(PAGE, PERSON | SELLER | {"minutes_per_week": "15"})

    tips = signed_in.get(reverse("my-index")).context["page"].tips

    assert tips
    assert sum(tip.minutes for tip in tips) <= 15


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "xx"},
        {"time_zone": "Mars/Olympus"},
        {"theme": "pink"},
        {"minutes_per_week": "2401"},
        {"minutes_per_week": "-1"},
        {"minutes_per_week": ""},
    ],
)
def test_nonsense_is_refused_and_nothing_is_kept(signed_in, ana, wrong):
    response = signed_in.post(PAGE, PERSON | SELLER | {"shortcuts": "", "theme": "dark"} | wrong)

    ana.refresh_from_db()
    ana.seller.refresh_from_db()
    assert response.status_code == 422
    assert 'data-theme="system"' in response.text
    assert (ana.language, ana.time_zone, ana.theme, ana.shortcuts) == ("", "", "system", True)
    assert ana.seller.minutes_per_week == 60


def test_nothing_else_can_be_set_from_here(signed_in, ana):
    more = {"is_staff": "on", "is_superuser": "on", "email": "other@example.com", "left_on": "2026-01-02"}

    signed_in.post(PAGE, PERSON | SELLER | more)

    kept = User.objects.get(pk=ana.pk)
    assert (kept.is_staff, kept.is_superuser, kept.email) == (False, False, "ana@example.com")
    assert kept.seller.left_on is None


def test_twice_is_once(signed_in, ana):
    for _time in range(2):
        response = signed_in.post(PAGE, PERSON | SELLER | {"theme": "dark"})

    ana.refresh_from_db()
    assert response.status_code == 302
    assert ana.theme == "dark"
