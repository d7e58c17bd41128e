import datetime

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse

from scoring import intake, recompute
from scoring.models import Kind, Restatement, Score
from teams.groups import ADMINISTRATOR
from teams.models import Membership, Seller, User
from tests.cast import JOINED_ON
from tests.moments import TODAY, days_ago

pytestmark = pytest.mark.django_db


def page(model, name="changelist", *args):
    return reverse(f"admin:teams_{model}_{name}", args=args)


def act(client, action, sellers, **fields):
    """Choose sellers in the list, start an action, and confirm it when fields are given."""
    chosen = {"action": action, ACTION_CHECKBOX_NAME: [seller.pk for seller in sellers]}
    return client.post(page("seller"), {**chosen, **fields}, follow=True)


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_moving_asks_for_team_and_day_and_the_board_follows(client, administrator, ana, ada, south):
    for person in (ana, ada):
        recompute.settle(person.seller.pk, today=TODAY)
    sellers = [ana.seller, ada.seller]

    question = act(client, "move_selected", sellers)
    assert "Ana Nowak" in question.content.decode()
    assert Membership.objects.filter(team=south).count() == 0

    answer = act(client, "move_selected", sellers, confirmed="yes", team=south.pk, day=days_ago(3))

    assert said(answer).startswith("2 sellers are in South")
    for seller in sellers:
        assert Restatement.objects.get(pk=seller.pk).first == days_ago(3)
        recompute.settle(seller.pk, today=TODAY)
        assert Score.objects.get(seller=seller, day=TODAY).team == south
        assert Score.objects.get(seller=seller, day=days_ago(4)).team.name == "North"
    assert LogEntry.objects.filter(change_message__contains="Moved to South").count() == 2


def test_moving_without_a_team_asks_again(client, administrator, ana):
    response = act(client, "move_selected", [ana.seller], confirmed="yes", team="", day=TODAY)

    assert response.status_code == 422
    assert ana.seller.memberships.count() == 1


def test_setting_as_left_asks_for_the_day_and_ends_the_scores(client, administrator, ana):
    recompute.settle(ana.seller.pk, today=TODAY)
    assert "Left on" in act(client, "leave_selected", [ana.seller]).content.decode()

    act(client, "leave_selected", [ana.seller], confirmed="yes", day=days_ago(2))

    recompute.settle(ana.seller.pk, today=TODAY)
    assert Score.objects.of(ana.seller).latest("day").day == days_ago(3)
    assert not Seller.objects.active_on(TODAY).exists()


def test_nobody_leaves_before_joining(client, administrator, ana):
    response = act(client, "leave_selected", [ana.seller], confirmed="yes", day=JOINED_ON)

    assert "Ana Nowak joined" in said(response)
    assert Seller.objects.get(pk=ana.seller.pk).left_on is None


def test_recomputing_asks_from_the_first_day(client, administrator, ana):
    long_ago = JOINED_ON - datetime.timedelta(days=30)
    recompute.settle(ana.seller.pk, today=TODAY)
    entry = intake.Entry(Kind.objects.get(code="comment_posted"), long_ago)
    intake.record(ana.seller.pk, entry, token="7f7c3b0e-0000-4000-8000-000000000001", today=TODAY)
    Score.objects.all().delete()

    response = act(client, "recompute_selected", [ana.seller])

    assert said(response) == "The scores of 1 seller are being recomputed."
    assert Restatement.objects.get().first == long_ago
    recompute.settle(ana.seller.pk, today=TODAY)
    assert Score.objects.of(ana.seller).earliest("day").day == long_ago


def test_inviting_asks_first_and_mails_a_link(client, administrator, ana, ada):
    User.objects.filter(pk=ada.pk).update(is_active=False)
    act(client, "invite_selected", [ana.seller, ada.seller])
    assert mail.outbox == []

    response = act(client, "invite_selected", [ana.seller, ada.seller], confirmed="yes")

    assert said(response) == "1 invitation is sent."
    assert [message.to for message in mail.outbox] == [["ana@example.com"]]


def test_too_many_at_once_are_refused(client, administrator, ana, ada, monkeypatch):
    monkeypatch.setattr("scoring.admin.confirmation.MOST_AT_ONCE", 1)

    response = act(client, "recompute_selected", [ana.seller, ada.seller])

    assert "at most 1" in said(response)


def test_who_may_only_look_has_no_actions(client, adam, ana):
    """An administrator is known by the permission to change sellers; without it the admin is closed."""
    group = Group.objects.get(name=ADMINISTRATOR)
    group.permissions.remove(group.permissions.get(codename="change_seller"))
    client.force_login(adam)

    response = client.post(page("seller"), {"action": "move_selected", ACTION_CHECKBOX_NAME: [ana.seller.pk]})

    assert response.url.startswith(reverse("admin:login"))
