"""Every number on a seller's pages leads to what is behind it, and every past day can be seen again."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from scoring.formula.pillar import score
from scoring.models import Score
from scoring.past import history_of
from scoring.rulebook import Rulebook
from tests.moments import NOON, TODAY, days_ago
from tests.teams.acts import hold, log, some_weeks
from tests.teams.costs import queries_of

INDEX = "/index/"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def links(text):
    """What is linked as a number: addresses with the words of the link."""
    found = re.findall(r'<a class="[^"]*figure-link" href="([^"]+)">(.*?)</a>', text, re.S)
    return {unescape(url): re.sub(r"<[^>]+>|\s+", " ", words).strip() for url, words in found}


def test_the_numbers_of_the_index_lead_to_statements_that_close_with_them(signed_in, ana):
    some_weeks(ana)
    page = signed_in.get(INDEX)

    head = page.context["page"].headline
    told = {url: signed_in.get(url).context["page"] for url in links(page.text) if "/statement/" in url}

    whole = [one for one in told.values() if one.narrowed is None]
    assert {one.sums.closing for one in whole} == {head.ssi}
    assert head.change in [one.sums.change for one in whole]
    of_pillars = [one for one in told.values() if one.narrowed]
    assert len(of_pillars) == 8  # the figure of each, and its change in a week
    for figure in head.pillars:
        own = [one.sums for one in of_pillars if one.narrowed.pillar == figure.key]
        assert {sums.closing for sums in own} == {figure.of25}
        assert figure.delta in [sums.change for sums in own]


def test_what_a_kind_contributes_leads_to_the_days_that_come_to_it(signed_in, ana):
    some_weeks(ana)
    log(ana, "comment_posted", days_ago(2), quantity=50)
    page = signed_in.get(INDEX)

    for group in page.context["page"].parts:
        for part in group.parts:
            url = reverse("contribution", args=[ana.seller.pk, part.kind])
            behind = signed_in.get(f"{url}?day={TODAY}").context["page"]
            assert f"{url}?day={TODAY}" in links(page.text)
            assert behind.hundredths == part.hundredths
            assert behind.is_standing or sum(day.hundredths for day in behind.days) == part.hundredths


def test_the_days_of_a_kind_say_what_counts_and_when_it_has_halved(signed_in, ana):
    log(ana, "comment_posted", days_ago(35), quantity=2)
    log(ana, "comment_posted", days_ago(3), quantity=50)

    text = signed_in.get(reverse("contribution", args=[ana.seller.pk, "comment_posted"])).text

    assert "of 50 acts counted" in text
    assert re.search(r"will have halved on \w+ 1\d, 2026|will have halved on 17 December 2026", text, re.I)
    assert "· halved on" in " ".join(text.split())


def test_a_kind_that_there_is_not_has_no_page(signed_in, ana):
    assert signed_in.get(reverse("contribution", args=[ana.seller.pk, "charm"])).status_code == 404


def test_a_manager_follows_the_numbers_of_a_seller(client, bruno, ana):
    some_weeks(ana)
    client.force_login(bruno)

    found = links(client.get(reverse("seller", args=[ana.seller.pk])).text)

    assert len(found) > 10
    assert {client.get(url).status_code for url in found} == {200}


def test_a_past_day_is_shown_as_it_was_scored(signed_in, ana):
    some_weeks(ana)
    log(ana, "meeting_booked")

    response = signed_in.get(INDEX, {"day": days_ago(10)})

    page = response.context["page"]
    stored = Score.objects.get(seller=ana.seller, day=days_ago(10))
    assert page.headline.day == days_ago(10)
    assert page.headline.ssi == stored.ssi == sum(part.hundredths for g in page.parts for part in g.parts)
    assert page.headline.change == stored.change
    assert page.trend.rows[0][1] == f"{stored.ssi / 100:.2f}"
    assert "Social conversation became a meeting" not in response.text
    assert "As of" in response.text
    assert f'href="{INDEX}"' in response.text


def test_a_day_whose_score_was_thinned_out_is_computed_from_the_history(signed_in, ana):
    hold(ana, "profile_photo", days_ago(600))
    day = days_ago(500)
    assert not Score.objects.filter(seller=ana.seller, day=day).exists()

    page = signed_in.get(INDEX, {"day": day}).context["page"]

    expected = score(history_of(ana.seller.pk), on=day, formula=Rulebook().formula_on(day))
    assert (page.headline.day, page.headline.ssi) == (day, expected.ssi)
    assert page.headline.change == 0
    assert page.parts


@pytest.mark.parametrize("day", ["2027-01-01", "soon", "1990-01-01", ""])
def test_what_is_no_past_day_is_today(signed_in, ana, day):
    some_weeks(ana)

    assert signed_in.get(INDEX, {"day": day}).context["page"].headline.day == TODAY


def test_before_the_first_day_and_after_the_last_there_is_no_index(signed_in, ana, client, root):
    log(ana, "comment_posted", days_ago(30))
    ana.seller.left_on = days_ago(5)
    ana.seller.save()
    client.force_login(root)
    page = reverse("seller", args=[ana.seller.pk])

    for day in (ana.seller.joined_on - timedelta(days=1), days_ago(5)):
        response = client.get(page, {"day": day})
        assert response.context["page"].headline is None
        assert "No index on that day" in response.text
    assert client.get(page, {"day": days_ago(6)}).context["page"].headline is not None


def test_a_manager_sees_a_past_day_of_a_seller_and_others_do_not(client, ana, bruno, chiara):
    some_weeks(ana)
    page = f"{reverse('seller', args=[ana.seller.pk])}?day={days_ago(9)}"

    client.force_login(bruno)
    assert client.get(page).context["page"].day == days_ago(9)
    client.force_login(chiara)
    assert client.get(page).status_code == 404


def test_a_past_day_costs_the_same_however_much_there_is(signed_in, ana, django_assert_num_queries):
    some_weeks(ana)
    page = f"{INDEX}?day={days_ago(9)}"
    signed_in.get(page)
    first = queries_of(lambda: signed_in.get(page))

    for back in range(30):
        log(ana, "group_joined", days_ago(back))

    with django_assert_num_queries(first):
        signed_in.get(page)
