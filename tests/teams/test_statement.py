"""The statement: every line between two days, adding up as it is shown."""

import csv
import io
import re

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from scoring import intake, recompute
from scoring.formula.catalogue import PILLARS
from scoring.models import Formula, Kind, Score
from scoring.rulebook import Rulebook
from teams.models import Leave
from tests.moments import NOON, TODAY, days_ago
from tests.teams.acts import hold, log, some_weeks
from tests.teams.costs import queries_of


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def page_of_ana(ana):
    return reverse("statement", args=[ana.seller.pk])


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def eventful(ana):
    """A past with every part of a statement in it."""
    some_weeks(ana)
    hold(ana, "profile_headline", days_ago(12))
    log(ana, "comment_posted", days_ago(6), quantity=40)
    gone = log(ana, "message_sent", days_ago(4), quantity=2)
    intake.delete(gone, now=timezone.now(), today=TODAY)
    intake.release(ana.seller.pk, Kind.objects.get(code="profile_photo"), on=days_ago(3), today=TODAY)
    Leave.objects.create(seller=ana.seller, first=days_ago(9), until=days_ago(7))
    second = Formula.objects.get().copy(name="Second version", by=None)
    second.half_life_days = 20
    second.save()
    second.put_in_force(days_ago(2), today=days_ago(3))
    recompute.restate(ana.seller.pk, first=days_ago(70), today=TODAY)


def figures(text):
    """The numbers of the sum at the end of the page, as they are shown, in hundredths."""
    table = text[text.index('id="sum-title"') :]
    cells = re.findall(r'<td class="number">(?:<strong>)?([−+]?)(\d+)\.(\d\d)', table)
    return [(-1 if sign == "−" else 1) * int(whole + rest) for sign, whole, rest in cells]


def test_opening_and_the_parts_come_to_closing_as_they_are_shown(signed_in, page_of_ana, ana, eventful):
    response = signed_in.get(page_of_ana)

    opening, *parts, closing = figures(response.text)
    scores = dict(Score.objects.of(ana.seller).values_list("day", "ssi"))
    assert {part.key for part in response.context["page"].parts} == {
        *("faded", "lost", "gained", "added", "formula", "removed")
    }
    assert (opening, closing) == (scores[days_ago(28)], scores[TODAY])
    assert opening + sum(parts) == closing


def test_the_lines_of_a_part_come_to_its_sum(signed_in, page_of_ana, eventful):
    page = signed_in.get(page_of_ana).context["page"]

    for part in page.parts:
        assert part.amount == sum(pillar.amount for pillar in part.pillars)
        for pillar in part.pillars:
            assert pillar.amount == sum(row.amount for row in pillar.rows)
    assert page.sums.opening + sum(part.amount for part in page.parts) == page.sums.closing


@pytest.mark.parametrize("pillar", PILLARS)
def test_the_lines_of_a_pillar_lead_from_its_figure_to_its_figure(signed_in, page_of_ana, eventful, pillar):
    response = signed_in.get(f"{page_of_ana}?pillar={pillar}")

    opening, *parts, closing = figures(response.text)
    head = signed_in.get(reverse("my-index")).context["page"].headline
    assert closing == next(figure.of25 for figure in head.pillars if figure.key == pillar)
    assert opening + sum(parts) == closing


def test_the_lines_of_a_kind_have_a_sum_of_their_own(signed_in, page_of_ana, eventful):
    page = signed_in.get(f"{page_of_ana}?kind=comment_posted").context["page"]

    assert page.sums.opening is None
    assert page.sums.lines == sum(part.amount for part in page.parts)
    assert {row.label for part in page.parts for pillar in part.pillars for row in pillar.rows} == {
        "Substantive comment on another's post"
    }


def test_what_does_not_count_says_so(signed_in, page_of_ana, ana):
    cap = Rulebook().formula_on(TODAY).kinds["visitor_review"].cap
    log(ana, "visitor_review", days_ago(3), quantity=cap)
    log(ana, "visitor_review", days_ago(2), quantity=cap + 1)  # in the same week

    text = signed_in.get(page_of_ana).text

    assert f"{cap} of {cap + 1} counted" in text
    assert "not counted: beyond the cap" in text


def test_of_many_lines_each_kind_has_one_that_leads_to_its_days(signed_in, page_of_ana, ana, monkeypatch):
    monkeypatch.setattr("teams.statement_page.MOST_LINES", 3)
    for back in range(5):
        log(ana, "comment_posted", days_ago(back))

    added = signed_in.get(page_of_ana).context["page"].parts[0]

    (row,) = added.pillars[0].rows
    assert row.note == "5 days"
    assert row.amount == added.amount
    days = signed_in.get(row.url).context["page"].parts[0]
    assert len(days.pillars[0].rows) == 5
    assert days.amount == row.amount


def test_days_may_be_chosen_and_those_that_many_choose_are_a_press_away(signed_in, page_of_ana, ana):
    log(ana, "comment_posted", days_ago(5))

    response = signed_in.get(page_of_ana, {"first": days_ago(40), "last": days_ago(3)})

    told, spans = response.context["page"].told, response.context["spans"]
    assert (told.first, told.last) == (days_ago(40), days_ago(3))
    urls = {span.label: span.url for span in spans}
    assert list(urls) == ["7 days", "28 days", "90 days", "Since the last change"]
    newest = signed_in.get(urls["Since the last change"]).context
    assert newest["page"].told.first == days_ago(6)
    assert [span.label for span in newest["spans"] if span.is_shown] == ["Since the last change"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"first": days_ago(1), "last": days_ago(2)}, "The second day is before the first."),
        ({"last": days_ago(-1)}, "That day has not come yet."),
        ({"first": "1999-12-31"}, "That is before anything could be logged."),
        ({"first": "soon"}, "Enter a valid date."),
        ({"pillar": "charm"}, "charm is not one of the available choices"),
    ],
)
def test_days_that_make_no_statement_are_refused_in_words(signed_in, page_of_ana, asked, words):
    response = signed_in.get(page_of_ana, asked)

    assert response.status_code == 422
    assert words in response.text
    assert signed_in.get(page_of_ana.replace("statement", "statement/file"), asked).status_code == 404


def test_who_has_left_is_told_up_to_the_last_day(client, root, page_of_ana, ana):
    log(ana, "comment_posted", days_ago(20))
    ana.seller.left_on = days_ago(4)
    ana.seller.save()
    client.force_login(root)

    assert client.get(page_of_ana).context["page"].told.last == days_ago(5)
    assert client.get(page_of_ana, {"last": TODAY}).status_code == 422


def test_the_file_is_what_the_command_writes(signed_in, page_of_ana, ana, eventful, capsys):
    days = {"first": days_ago(28).isoformat(), "last": TODAY.isoformat()}

    response = signed_in.get(reverse("statement-file", args=[ana.seller.pk]), days)

    call_command("explain", "ana@example.com", "--from", days["first"], "--to", days["last"], "--csv")
    assert response.content.decode() == capsys.readouterr().out
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.text)))
    hundredths = [round(float(row["amount"]) * 100) for row in rows]
    assert sum(hundredths[:-1]) == hundredths[-1]


def test_a_manager_reads_lines_without_notes_and_links(client, bruno, page_of_ana, ana):
    log(ana, "comment_posted", note="Mr Kos is unwell", link="https://example.com/secret")
    client.force_login(bruno)

    text = client.get(page_of_ana).text

    assert "Ana Nowak" in text
    assert "Substantive comment" in text
    assert "Mr Kos" not in text
    assert "example.com/secret" not in text


def test_a_colleague_and_the_manager_of_another_team_find_nothing(client, page_of_ana, ada, sofia, chiara):
    for viewer in (ada, sofia, chiara):
        client.force_login(viewer)
        response = client.get(page_of_ana)
        assert response.status_code == 404
        assert "Ana" not in response.text


@pytest.mark.parametrize("narrowed", ["", "?pillar=engage", "?kind=comment_posted"])
def test_twice_the_lines_cost_the_same_queries(
    signed_in, page_of_ana, ana, narrowed, django_assert_num_queries
):
    some_weeks(ana)
    signed_in.get(page_of_ana + narrowed)
    first = queries_of(lambda: signed_in.get(page_of_ana + narrowed))

    for back in range(27):
        log(ana, "group_joined", days_ago(back))
        log(ana, "comment_posted", days_ago(back))

    with django_assert_num_queries(first):
        signed_in.get(page_of_ana + narrowed)
