"""One to one: facts for a conversation, and notes and actions that only the two see."""

import csv
import datetime
import io
import uuid

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from scoring import statement
from scoring.models import AcceptedPlan, Formula, Score
from scoring.plans import wishes
from scoring.tips import TIPS
from teams.groups import GROUPS
from teams.models import AgreedAction, Note, Team
from tests.cast import manager
from tests.moments import NOON, TODAY, days_ago
from tests.teams.acts import some_weeks
from tests.teams.agreed import agreed_with
from tests.teams.costs import queries_of

SECRET, PROMISE = "Calls went well", "Ask for a reference"
NEXT_WEEK = TODAY + datetime.timedelta(days=7)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def address(ana):
    return reverse("one-to-one", args=[ana.seller.pk])


@pytest.fixture
def rows(ana, bruno):
    return agreed_with(ana, bruno)


@pytest.fixture
def as_bruno(client, bruno):
    client.force_login(bruno)
    return client


@pytest.fixture
def other_manager(north):
    """Bruno is not the only one who manages North, nor is there nobody above."""
    everything = Team.objects.create(name="Everything", slug="everything")
    north.parent = everything
    north.save()
    manager("gina", "Gina", "Galli", team=everything)
    return manager("hugo", "Hugo", "Holm", team=north)


def note(**changes):
    return {"day": TODAY.isoformat(), "text": SECRET, "token": str(uuid.uuid4())} | changes


def action(**changes):
    return {"text": PROMISE, "due": NEXT_WEEK.isoformat(), "token": str(uuid.uuid4())} | changes


def test_the_agenda_is_made_of_facts(as_bruno, ana, address):
    some_weeks(ana)

    agenda = as_bruno.get(address).context["page"]

    now, before = (Score.objects.get(seller=ana.seller, day=day) for day in (TODAY, days_ago(28)))
    assert (agenda.ssi, agenda.change) == (now.ssi, now.ssi - before.ssi)
    assert sum(pillar.of25 for pillar in agenda.pillars) == now.ssi
    assert sum(pillar.delta for pillar in agenda.pillars) == agenda.change
    assert len(agenda.tips) == 3


def test_what_the_seller_does_not_want_is_not_among_the_best_next_acts(as_bruno, ana, address):
    some_weeks(ana)
    first, second, third = as_bruno.get(address).context["page"].tips

    wishes.set_unwanted(ana.seller.pk, [first.kind])
    wishes.hide_tip(ana.seller.pk, next(t.code for t in TIPS if str(t.text) == second.text), today=TODAY)
    tips = as_bruno.get(address).context["page"].tips

    assert first.kind not in [tip.kind for tip in tips]
    assert second.text not in [tip.text for tip in tips]
    assert third.text in [tip.text for tip in tips]


def test_what_moved_the_index_is_the_statement_by_kind_largest_first(as_bruno, ana, address):
    some_weeks(ana)

    moved = as_bruno.get(address).context["page"].moved

    told = statement.statement_of(ana.seller.pk, first=days_ago(28), last=TODAY, today=TODAY)
    amounts = [abs(row.amount) for row in moved]
    assert amounts == sorted(amounts, reverse=True)
    assert all(amounts)
    comments = sum(
        line.amount for line in told.lines if line.kind == "comment_posted" and line.part.value == "added"
    )
    assert comments in [row.amount for row in moved]


def test_it_tells_what_became_of_promises(as_bruno, ana, address):
    some_weeks(ana)
    kept = {"closed_on": TODAY, "restated": 0, "besides": 0, "other_formula": 0, "is_undisturbed": False}
    AcceptedPlan.objects.create(
        seller=ana.seller,
        accepted_on=days_ago(15),
        first=days_ago(14),
        until=days_ago(7),
        minutes=60,
        predicted=7100,
        idle=6600,
        formula=Formula.objects.get(),
        known=uuid.uuid4(),
        result=6950,
        not_done=-150,
        is_done=False,
        **kept,
    )

    text = as_bruno.get(address).text

    assert "Promised 71.00, became 69.50" in text
    assert "done fully" not in text


def test_without_a_score_it_says_so(as_bruno, address):
    assert "There is no index yet." in as_bruno.get(address).text


def test_a_manager_writes_a_note_and_agrees_on_an_action(as_bruno, bruno, ana, address):
    as_bruno.post(f"{address}notes/", note())
    as_bruno.post(f"{address}actions/", action())

    text = as_bruno.get(address).text
    kept = Note.objects.get()
    assert (kept.seller, kept.author, kept.day, kept.text) == (ana.seller, bruno, TODAY, SECRET)
    assert AgreedAction.objects.get().due == NEXT_WEEK
    assert SECRET in text
    assert PROMISE in text


@pytest.mark.parametrize(("what", "said"), [("notes", note), ("actions", action)])
def test_a_second_submission_adds_nothing(as_bruno, address, what, said):
    once = said()

    for _time in range(2):
        as_bruno.post(f"{address}{what}/", once)

    assert Note.objects.count() + AgreedAction.objects.count() == 1


@pytest.mark.parametrize(
    ("what", "wrong"),
    [
        ("notes", note(text="")),
        ("notes", note(text="x" * 4001)),
        ("notes", note(token="")),
        ("actions", action(due="soon")),
        ("actions", action(text="x" * 201)),
    ],
)
def test_what_cannot_be_kept_is_refused_and_what_was_typed_stays(as_bruno, address, what, wrong):
    response = as_bruno.post(f"{address}{what}/", wrong)

    assert response.status_code == 422
    assert wrong["text"][:50] in response.text
    assert Note.objects.count() + AgreedAction.objects.count() == 0


def test_the_seller_sees_both_and_writes_neither(client, ana, address, rows):
    client.force_login(ana)

    text = client.get(address).text
    answers = [client.post(f"{address}notes/", note()), client.post(f"{address}actions/", action())]

    assert SECRET in text
    assert PROMISE in text
    assert "Bruno Lis" in text
    assert "Write a note" not in text
    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("viewer", ["other_manager", "root"])
def test_who_coaches_too_sees_the_facts_and_no_word_of_theirs(client, address, rows, request, viewer):
    client.force_login(request.getfixturevalue(viewer))

    shown, file = client.get(address), client.get(f"{address}file/")

    assert (shown.status_code, file.status_code) == (200, 200)
    for text in (shown.text, file.text):
        assert SECRET not in text
        assert PROMISE not in text


@pytest.mark.parametrize("viewer", ["ana", "ada", "sofia", "chiara", "other_manager", "root"])
def test_only_who_wrote_it_changes_or_deletes_it(client, rows, request, viewer):
    client.force_login(request.getfixturevalue(viewer))
    every = [
        reverse(name, args=[rows[key]])
        for name, key in (
            ("note", "note"),
            ("note-deletion", "note"),
            ("agreed-action", "action"),
            ("agreed-action-deletion", "action"),
        )
    ]

    answers = [client.post(one, note() | action()).status_code for one in every]

    assert answers == [404] * 4
    assert (Note.objects.get().text, AgreedAction.objects.get().text) == (SECRET, PROMISE)


def test_who_wrote_it_changes_and_deletes_it(as_bruno, rows, address):
    as_bruno.post(reverse("note", args=[rows["note"]]), note(text="Calls went better"))
    as_bruno.post(reverse("agreed-action", args=[rows["action"]]), action(text="Ask for two"))
    changed = as_bruno.get(address).text
    as_bruno.post(reverse("note-deletion", args=[rows["note"]]))
    as_bruno.post(reverse("agreed-action-deletion", args=[rows["action"]]))

    assert "Calls went better" in changed
    assert "Ask for two" in changed
    assert not Note.objects.exists()
    assert not AgreedAction.objects.exists()


def test_a_change_that_cannot_be_kept_is_refused(as_bruno, rows):
    response = as_bruno.post(reverse("note", args=[rows["note"]]), note(text=""))

    assert response.status_code == 422
    assert Note.objects.get().text == SECRET


def test_who_coaches_the_seller_no_more_writes_no_more(as_bruno, bruno, north, rows, address):
    north.managers.remove(bruno)

    assert as_bruno.get(address).status_code == 404
    assert as_bruno.get(reverse("note", args=[rows["note"]])).status_code == 404
    assert as_bruno.post(reverse("agreed-action-tick", args=[rows["action"]])).status_code == 404


@pytest.mark.parametrize("person", ["ana", "bruno"])
def test_either_ticks_an_action_done_and_open_again(client, rows, request, person):
    client.force_login(request.getfixturevalue(person))
    tick = reverse("agreed-action-tick", args=[rows["action"]])

    days = []
    for done in ("on", "on", "off"):
        client.post(tick, {"done": done})
        days.append(AgreedAction.objects.get().done_on)

    assert days == [TODAY, TODAY, None]


@pytest.mark.parametrize("viewer", ["ada", "sofia", "chiara", "other_manager", "root"])
def test_nobody_else_ticks_it(client, rows, request, viewer):
    client.force_login(request.getfixturevalue(viewer))

    response = client.post(reverse("agreed-action-tick", args=[rows["action"]]), {"done": "on"})

    assert response.status_code == 404
    assert AgreedAction.objects.get().done_on is None


@pytest.mark.parametrize("person", ["ana", "bruno"])
def test_either_takes_it_along_as_a_file(client, rows, address, request, person):
    client.force_login(request.getfixturevalue(person))

    found = list(csv.DictReader(io.StringIO(client.get(f"{address}file/").text)))

    assert [(row["sort"], row["author"], row["text"], row["done"]) for row in found] == [
        ("note", "Bruno Lis", SECRET, ""),
        ("action", "Bruno Lis", PROMISE, ""),
    ]


def test_the_administration_knows_neither(client, root, bruno, rows):
    client.force_login(root)

    registered = {model for model in (Note, AgreedAction) if admin.site.is_registered(model)}
    person = client.get(reverse("admin:teams_user_delete", args=[bruno.pk])).text

    assert registered == set()
    assert SECRET not in person
    assert PROMISE not in person
    named = {model for models in GROUPS.values() for model in models.get("teams", {})}
    assert not named & {"note", "agreedaction"}
    assert Permission.objects.filter(content_type__model="note", group__isnull=False).count() == 0


def test_a_row_does_not_tell_its_words(rows):
    assert SECRET not in str(Note.objects.get())
    assert PROMISE not in str(AgreedAction.objects.get())


@pytest.mark.parametrize("person", ["ana", "bruno"])
def test_it_goes_with_either_of_the_two(rows, request, person):
    request.getfixturevalue(person).delete()

    for model in apps.get_app_config("teams").get_models():
        if model in (Note, AgreedAction):
            assert not model.objects.exists()


def test_words_are_shown_as_words(as_bruno, address):
    as_bruno.post(f"{address}notes/", note(text="<script>alert(1)</script>\nand more"))

    text = as_bruno.get(address).text

    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_twice_the_notes_cost_the_same_queries(
    as_bruno, ana, bruno, rows, address, django_assert_num_queries
):
    some_weeks(ana)
    as_bruno.get(address)
    before = queries_of(lambda: as_bruno.get(address))

    for _time in range(4):
        agreed_with(ana, bruno)

    with django_assert_num_queries(before):
        as_bruno.get(address)
