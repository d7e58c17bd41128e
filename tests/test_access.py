"""Who may open what: every named address by every kind of person.

An address that is missing from the table fails the suite. The numbers are the statuses of a GET; an address
that only takes POST answers 405 to whoever may use it, and is tried with POST where the table says so.
"""

import uuid

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.management import call_command
from django.urls import get_resolver, reverse

from scoring import intake
from scoring.intake import Entry
from scoring.models import Formula, Kind
from ssi_dashboard import clock
from tests.scoring.plans import plan_of
from tests.scoring.views.uploads import upload_of
from tests.teams.agreed import agreed_with

PEOPLE = ("anonymous", "ana", "ada", "sofia", "bruno", "chiara", "root")
DOOR = 302  # to the sign-in page

# Everybody who is signed in, sellers only, and so on: anonymous, ana, ada, sofia, bruno, chiara, root.
OPEN = (200, 200, 200, 200, 200, 200, 200)
SIGNED_IN = (DOOR, 200, 200, 200, 200, 200, 200)
SELLERS = (DOOR, 200, 200, 200, 404, 404, 404)
SELLERS_POST = (DOOR, 405, 405, 405, 405, 405, 405)
ONLY_ANA = (DOOR, 200, 404, 404, 404, 404, 404)
ONLY_BRUNO = (DOOR, 404, 404, 404, 200, 404, 404)  # not even an administrator
ANA_AND_BRUNO = (DOOR, 200, 404, 404, 200, 404, 404)
SEES_NORTH = (DOOR, 200, 200, 404, 200, 404, 200)
COACHES_NORTH = (DOOR, 404, 404, 404, 200, 404, 200)
ADMINISTRATORS = (DOOR, 404, 404, 404, 404, 404, 200)
SEES_ANA = (DOOR, 302, 404, 404, 200, 404, 200)  # herself: her own index
SEES_ANAS_LINES = (DOOR, 200, 404, 404, 200, 404, 200)
GUESTS = (200, 302, 302, 302, 302, 302, 302)

TABLE = {
    "home": ((), (DOOR, 302, 302, 302, 302, 302, 302)),
    "healthz": ((), OPEN),
    "readyz": ((), OPEN),
    "my-day": ((), SELLERS),
    "quick-log": ((), (DOOR, 302, 302, 302, 404, 404, 404)),  # without htmx: to the day
    "activities": ((), (DOOR, 302, 302, 302, 404, 404, 404)),
    "activities-deleted": ((), SELLERS),
    "activity": (("activity",), ONLY_ANA),
    "activity-deletion": (("activity",), SELLERS_POST),
    "activity-restoration": (("activity",), SELLERS_POST),
    "checklist-item": (("code",), SELLERS_POST),
    "tips": ((), SELLERS),
    "tip-hiding": (("tip",), SELLERS_POST),
    "tip-return": (("tip",), SELLERS_POST),
    "plan": ((), SELLERS),
    "plan-acceptance": ((), SELLERS_POST),
    "what-if": ((), SELLERS),
    "planned-act": (("planned",), SELLERS_POST),
    "plan-withdrawal": (("plan",), SELLERS_POST),
    "plan-return": (("plan",), SELLERS_POST),
    "official-scores": ((), SELLERS),
    "official-text": ((), (DOOR, 302, 302, 302, 404, 404, 404)),  # opened rather than sent to: the page
    "official-upload": ((), (DOOR, 302, 302, 302, 404, 404, 404)),
    "official-download": ((), SELLERS),
    "uploads": ((), SELLERS),
    "upload": (("upload",), ONLY_ANA),
    "upload-confirmation": (("upload",), SELLERS_POST),
    "upload-cancellation": (("upload",), SELLERS_POST),
    "upload-undo": (("upload",), SELLERS_POST),
    "upload-faults": (("upload",), ONLY_ANA),
    "seats": ((), ADMINISTRATORS),
    "seat-assignment": ((), SELLERS_POST),
    "my-index": ((), SELLERS),
    "seller": (("seller",), SEES_ANA),
    "statement": (("seller",), SEES_ANAS_LINES),
    "statement-file": (("seller",), SEES_ANAS_LINES),
    "contribution": (("seller", "code"), SEES_ANAS_LINES),
    "follow": (("seller",), SELLERS_POST),
    "leaderboard": (("slug",), SEES_NORTH),
    "leaderboard-file": (("slug",), SEES_NORTH),
    "organisation": ((), ADMINISTRATORS),
    "organisation-file": ((), ADMINISTRATORS),
    "team-coaching": (("slug",), COACHES_NORTH),
    "team-standing": (("slug",), COACHES_NORTH),
    "team-goals": (("slug",), COACHES_NORTH),
    "seller-goals": (("seller",), SEES_ANAS_LINES),
    "goal-withdrawal": (("goal",), SELLERS_POST),
    "goal-return": (("goal",), SELLERS_POST),
    "one-to-one": (("seller",), SEES_ANAS_LINES),
    "one-to-one-file": (("seller",), SEES_ANAS_LINES),
    "one-to-one-notes": (("seller",), SELLERS_POST),
    "agreed-actions": (("seller",), SELLERS_POST),
    "note": (("note",), ONLY_BRUNO),
    "note-deletion": (("note",), SELLERS_POST),
    "agreed-action": (("action",), ONLY_BRUNO),
    "agreed-action-tick": (("action",), SELLERS_POST),
    "agreed-action-deletion": (("action",), SELLERS_POST),
    "formulas": ((), ADMINISTRATORS),
    "formula-trial": (("draft",), ADMINISTRATORS),
    "preferences": ((), SIGNED_IN),
    "account_login": ((), GUESTS),
    "account_signup": ((), GUESTS),
    "account_logout": ((), (302, 200, 200, 200, 200, 200, 200)),
    "account_inactive": ((), OPEN),
    "account_reauthenticate": ((), SIGNED_IN),
    "account_change_password": ((), SIGNED_IN),
    "account_reset_password": ((), OPEN),
    "account_reset_password_done": ((), OPEN),
    # To the same without the key; to Ana, who has signed in since, it says that the key is stale.
    "account_reset_password_from_key": (("uidb36", "key"), (DOOR, 200, DOOR, DOOR, DOOR, DOOR, DOOR)),
    "account_reset_password_from_key_done": ((), OPEN),
}

# What a POST to what is not one's own answers.
POSTS = {
    "activity": ONLY_ANA,
    "activity-deletion": ONLY_ANA,
    "activity-restoration": ONLY_ANA,
    "activities": SELLERS,
    "checklist-item": SELLERS,
    "official-scores": SELLERS,
    "official-text": SELLERS,
    "official-upload": SELLERS,
    "tip-hiding": SELLERS,
    "tip-return": SELLERS,
    "plan": SELLERS,
    "plan-acceptance": SELLERS,
    "planned-act": ONLY_ANA,
    "plan-withdrawal": ONLY_ANA,
    "plan-return": ONLY_ANA,
    "uploads": SELLERS,
    "upload-confirmation": ONLY_ANA,
    "upload-cancellation": ONLY_ANA,
    "upload-undo": ONLY_ANA,
    "seats": ADMINISTRATORS,
    "seat-assignment": ADMINISTRATORS,
    "follow": (DOOR, 404, 200, 404, 404, 404, 404),
    "seller-goals": SEES_ANAS_LINES,
    "team-goals": COACHES_NORTH,
    "goal-withdrawal": COACHES_NORTH,  # Bruno's for Ana, who does not take it back
    "goal-return": COACHES_NORTH,
    "one-to-one-notes": COACHES_NORTH,
    "agreed-actions": COACHES_NORTH,
    "note": ONLY_BRUNO,
    "agreed-action": ONLY_BRUNO,
    "agreed-action-tick": ANA_AND_BRUNO,
    "agreed-action-deletion": ONLY_BRUNO,
    "note-deletion": ONLY_BRUNO,
    "formula-trial": ADMINISTRATORS,
}


@pytest.fixture
def people(ana, ada, sofia, bruno, chiara, root):
    return {"ana": ana, "ada": ada, "sofia": sofia, "bruno": bruno, "chiara": chiara, "root": root}


@pytest.fixture
def parts(people):
    """The parts of addresses that name something: all of it Ana's or North's, after a first night."""
    call_command("recompute")
    ana = people["ana"]
    kind = Kind.objects.get(code="comment_posted")
    token = uuid.uuid4()
    activity = intake.record(ana.seller.pk, Entry(kind, clock.today()), token=token, today=clock.today())
    plan = plan_of(ana)
    between_two = agreed_with(ana, people["bruno"])
    return between_two | {
        "activity": activity.pk,
        "code": "profile_photo",
        "seller": ana.seller.pk,
        "slug": "north",
        "upload": upload_of(ana).pk,
        "tip": "B1",
        "plan": plan.pk,
        "draft": Formula.objects.get().copy(name="Draft", by=None).pk,
        "planned": plan.acts.all()[0].pk,
        "uidb36": user_pk_to_url_str(ana),
        "key": default_token_generator.make_token(ana),
    }


def named_addresses():
    return {name for name in get_resolver().reverse_dict if isinstance(name, str)}


def test_every_named_address_is_in_the_table():
    assert named_addresses() == set(TABLE)


@pytest.mark.parametrize("person", PEOPLE)
def test_who_may_open_it(client, people, parts, person):
    enter(client, people, person)

    answers = {name: client.get(address(name, parts)) for name in TABLE}

    expected = {name: statuses[PEOPLE.index(person)] for name, (_parts, statuses) in TABLE.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == expected
    if person == "anonymous":
        closed = [name for name, status in expected.items() if status == DOOR and "account" not in name]
        assert all(answers[name].url.startswith(reverse("account_login")) for name in closed)


@pytest.mark.parametrize("person", PEOPLE)
def test_who_may_write_to_it(client, people, parts, person):
    enter(client, people, person)

    for name, statuses in POSTS.items():
        response = client.post(address(name, parts), {"token": "x", "held": "on"})

        allowed = statuses[PEOPLE.index(person)]
        if allowed == 200:  # done and redirected, or refused for what was filled in: not for who asks
            assert response.status_code in (200, 302, 422), name
            assert not response.get("Location", "").startswith(reverse("account_login")), name
        else:
            assert response.status_code == allowed, name


def enter(client, people, person):
    if person != "anonymous":
        client.force_login(people[person])


def address(name, parts):
    return reverse(name, args=[parts[argument] for argument in TABLE[name][0]])


@pytest.mark.parametrize("person", PEOPLE)
def test_the_administration_is_for_administrators(client, people, person):
    enter(client, people, person)

    response = client.get(reverse("admin:index"))

    assert response.status_code == (200 if person == "root" else 302)


def test_a_page_that_is_not_yours_does_not_name_the_team(client, people):
    client.force_login(people["chiara"])

    response = client.get(reverse("leaderboard", args=["north"]))

    assert response.status_code == 404
    assert "North" not in response.content.decode()


@pytest.mark.parametrize("name", ["my-day", "my-index", "tips"])
def test_htmx_is_sent_to_the_whole_sign_in_page_and_back(client, people, name):
    page = reverse(name)

    response = client.get(page, headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"})

    assert response.status_code in (200, 204, 401)
    assert response["HX-Redirect"] == f"{reverse('account_login')}?next=%2F{name.removeprefix('my-')}%2F"


def test_personal_pages_are_not_kept_by_a_browser(client, people):
    client.force_login(people["ana"])

    response = client.get(reverse("my-index"))

    assert "no-store" in response["Cache-Control"]
