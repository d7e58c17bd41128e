import uuid

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring.models import (
    Activity,
    Correction,
    Kind,
    OfficialScore,
    PillarSum,
    Restatement,
    Run,
    Score,
    Tally,
)
from tests.moments import TODAY, days_ago

pytestmark = pytest.mark.django_db


MODELS = ["activity", "correction", "formula", "kind", "officialscore", "run"]


@pytest.fixture
def rows(activity, correction, draft, official):
    """The key of one row of each model."""
    return {
        "activity": activity.pk,
        "correction": correction.pk,
        "formula": draft.pk,
        "kind": activity.kind_id,
        "officialscore": official.pk,
        "run": Run.objects.create(day=TODAY).pk,
    }


def page(model, name="changelist", *args):
    return reverse(f"admin:scoring_{model}_{name}", args=args)


@pytest.mark.parametrize("model", MODELS)
def test_the_pages_open(client, either, rows, model):
    for address in (
        page(model),
        f"{page(model)}?q=ana",
        page(model, "change", rows[model]),
        page(model, "history", rows[model]),
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert b"<style" not in response.content
        assert b" style=" not in response.content


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("person", ["anonymous", "ana"])
def test_no_page_opens_for_others(client, request, rows, model, person):
    if person != "anonymous":
        client.force_login(request.getfixturevalue(person))

    for address in (page(model), page(model, "change", rows[model])):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_added_by_hand(client, root, model):
    client.force_login(root)

    assert client.get(page(model, "add")).status_code == 403


@pytest.mark.parametrize("model", [Score, PillarSum, Tally, Restatement])
def test_what_is_computed_has_no_page(model):
    assert not admin.site.is_registered(model)
    assert not any(
        inline.model is model for registered in admin.site._registry.values() for inline in registered.inlines
    )


@pytest.mark.parametrize("model", MODELS)
def test_a_list_costs_the_same_with_twice_the_rows(client, root, ana, ada, draft, model):
    def fill(first, last):
        for n in range(first, last):
            day = days_ago(n)
            Run.objects.create(day=day)
            draft.copy(name=f"Draft {n}", by=root)
            for person in (ana, ada):
                Correction.objects.create(
                    seller=person.seller, made_by=person, cause="late", first=day, last=day, days=1, most=5
                )
                OfficialScore.objects.create(
                    seller=person.seller, day=day, brand=1, find=1, engage=1, relate=1, total=4
                )
                Activity.objects.create(
                    seller=person.seller,
                    kind=Kind.objects.filter(nature="event")[n],
                    day=day,
                    content=uuid.uuid4(),
                )

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get(page(model)).status_code == 200
        return len(found)

    client.force_login(root)
    fill(0, 5)
    queries()
    few = queries()
    fill(5, 10)

    assert queries() == few


def test_a_page_of_a_formula_costs_the_same_for_every_kind(client, root, draft):
    client.force_login(root)
    with CaptureQueriesContext(connection) as found:
        client.get(page("formula", "change", draft.pk))

    assert len(found) < 20


def test_official_figures_are_corrected(client, administrator, official):
    figures = {"day": TODAY, "brand": "10.5", "find": 11, "engage": 12, "relate": 13, "total": "46.5"}

    response = client.post(page("officialscore", "change", official.pk), figures)

    official.refresh_from_db()
    assert response.status_code == 302
    assert float(official.total) == 46.5
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize("model", ["run", "kind", "correction"])
def test_the_ledger_the_kinds_and_the_log_are_only_read(client, root, rows, model):
    client.force_login(root)

    assert client.post(page(model, "change", rows[model]), {"state": "complete"}).status_code == 403
    assert client.post(page(model, "delete", rows[model]), {"post": "yes"}).status_code == 403
