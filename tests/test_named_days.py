"""Who reads scores names their days: the key of a million sellers' scores begins with the day.

A statement that asks for one seller by an open range of days, or by no day at all, reads everybody's.
"""

import re
import uuid

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from scoring import intake
from scoring.models import Formula, Kind, PillarSum, Score
from ssi_dashboard import clock
from tests.scoring.plans import plan_of
from tests.scoring.views.uploads import upload_of
from tests.teams.agreed import agreed_with
from tests.test_access import TABLE, address

TABLE_OF_SCORES = Score._meta.db_table
READ = re.compile(rf'(?:FROM|JOIN|UPDATE) "{TABLE_OF_SCORES}"(?: (?!SET|WHERE|INNER|LEFT|ORDER|GROUP)(\w+))?')

# The beginning of the key, which is one look however many there are.
FIRST_OF_ALL = re.compile(rf'"day" AS "day" FROM "{TABLE_OF_SCORES}" ORDER BY 1 ASC LIMIT 1$')


@pytest.fixture
def parts(ana, ada, sofia, bruno, chiara, root):
    """A first night, and an act of Ana's since."""
    call_command("recompute")
    kind = Kind.objects.get(code="comment_posted")
    entry = intake.Entry(kind, clock.today())
    act = intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=clock.today())
    plan = plan_of(ana)
    named = {
        "upload": upload_of(ana).pk,
        "activity": act.pk,
        "code": "profile_photo",
        "seller": ana.seller.pk,
        "slug": "north",
        "tip": "B1",
        "plan": plan.pk,
        "planned": plan.acts.all()[0].pk,
        "draft": Formula.objects.get().copy(name="Draft", by=None).pk,
    }
    named |= agreed_with(ana, bruno)
    return named | {"uidb36": "1", "key": "x"}


@pytest.fixture
def asked():
    """The statements that read, change or delete scores."""
    statements = []

    def remember(execute, sql, params, many, context):
        if READ.search(sql):
            statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(remember):
        yield statements


def without_days(statements):
    return [
        sql
        for sql in statements
        if not FIRST_OF_ALL.search(sql) and not all(names_days(sql, alias) for alias in READ.findall(sql))
    ]


def names_days(sql, alias):
    """Whether some days are named, and not only an end of them."""
    return re.search(rf'"?{alias or TABLE_OF_SCORES}"?\."day" (=|IN) ', sql) is not None


@pytest.mark.parametrize("who", ["ana", "bruno", "root"])
def test_the_pages_name_the_days(client, parts, asked, request, who):
    client.force_login(request.getfixturevalue(who))
    asked.clear()

    for name in TABLE:
        if name != "account_logout":
            client.get(address(name, parts))

    assert asked
    assert without_days(asked) == []


def test_the_writes_name_the_days(client, ana, parts, asked):
    client.force_login(ana)
    act, today = reverse("activity", args=[parts["activity"]]), clock.today().isoformat()
    said = {"kind": "message_sent", "day": today, "token": str(uuid.uuid4())}

    answers = [
        client.post(reverse("activities"), said),
        client.post(act, {"kind": "message_sent", "day": today, "quantity": 2, "version": 0}),
        client.post(reverse("activity-deletion", args=[parts["activity"]])),
        client.post(reverse("activity-restoration", args=[parts["activity"]])),
        client.post(reverse("checklist-item", args=["profile_photo"]), {"held": "on"}),
    ]

    assert {answer.status_code for answer in answers} == {302}
    assert asked
    assert without_days(asked) == []


@pytest.mark.parametrize("label", ["scoring", "teams"])
def test_the_administration_names_the_days(client, root, parts, asked, label):
    client.force_login(root)
    asked.clear()

    for model in apps.get_app_config(label).get_models():
        if admin.site.is_registered(model):
            open_pages_of(client, model)

    assert bool(asked) == (label == "teams")
    assert without_days(asked) == []


def open_pages_of(client, model):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    first = model._default_manager.first()
    if first is not None:
        for action in ("change", "history", "delete"):
            client.get(reverse(f"{name}_{action}", args=[first.pk]))


def test_a_seller_who_is_deleted_takes_the_scores_of_named_days_along(ana, ada, parts, asked):
    asked.clear()

    ada.seller.delete()

    assert without_days(asked) == []
    assert not Score.objects.filter(seller=ada.seller.pk).exists()
    assert not PillarSum.objects.filter(seller=ada.seller.pk).exists()
    assert Score.objects.filter(seller=ana.seller.pk).exists()


def test_a_draft_of_a_formula_is_deleted_without_a_look_at_all_scores(parts, asked):
    draft = Formula.objects.get(pk=parts["draft"])
    asked.clear()

    draft.delete()

    assert asked == []
