import datetime

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from scoring.models import (
    Formula,
    FormulaKind,
)
from tests.moments import TODAY

pytestmark = pytest.mark.django_db


TOMORROW = TODAY + datetime.timedelta(days=1)


def page(model, name="changelist", *args):
    return reverse(f"admin:scoring_{model}_{name}", args=args)


def act(client, model, action, chosen, **fields):
    data = {"action": action, ACTION_CHECKBOX_NAME: [row.pk for row in chosen], **fields}
    return client.post(page(model), data, follow=True)


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


def formula_form(formula, **changed):
    data = {
        "name": formula.name,
        "half_life_days": formula.half_life_days,
        "gap_brand": formula.gap_brand,
        "gap_find": formula.gap_find,
        "gap_engage": formula.gap_engage,
        "gap_relate": formula.gap_relate,
        "note": "",
        "kinds-TOTAL_FORMS": formula.kinds.count(),
        "kinds-INITIAL_FORMS": formula.kinds.count(),
    }
    for n, worth in enumerate(formula.kinds.order_by("kind_id")):
        data |= {
            f"kinds-{n}-id": worth.pk,
            f"kinds-{n}-formula": formula.pk,
            f"kinds-{n}-points": worth.points,
            f"kinds-{n}-cap": worth.cap or "",
            f"kinds-{n}-cap_period": worth.cap_period,
        }
    return {**data, **changed}


def test_a_version_is_copied_with_all_its_kinds(client, administrator, in_force):
    assert client.get(page("formula", "copy", in_force.pk)).status_code == 200
    assert Formula.objects.count() == 1

    response = client.post(page("formula", "copy", in_force.pk))

    draft = Formula.objects.get(effective_from=None)
    assert response.url == page("formula", "change", draft.pk)
    assert draft.created_by == administrator
    assert draft.kinds.count() == in_force.kinds.count() == 50


def test_the_action_copies_one(client, administrator, in_force, draft):
    assert "Choose one" in said(act(client, "formula", "copy_selected", [in_force, draft]))

    act(client, "formula", "copy_selected", [draft])

    assert Formula.objects.filter(name="Copy of Next year").exists()


def test_a_draft_is_edited_with_its_kinds(client, administrator, draft):
    response = client.post(
        page("formula", "change", draft.pk), formula_form(draft, half_life_days=45, **{"kinds-3-points": 7.5})
    )

    draft.refresh_from_db()
    assert response.status_code == 302
    assert draft.half_life_days == 45
    assert draft.kinds.order_by("kind_id")[3].points == 7.5


def test_a_cap_needs_its_period(client, administrator, draft):
    response = client.post(
        page("formula", "change", draft.pk),
        formula_form(draft, **{"kinds-3-cap": 5, "kinds-3-cap_period": ""}),
    )

    assert "A cap and its period come together." in response.content.decode()


def test_a_draft_is_put_in_force_tomorrow_at_the_earliest(client, administrator, draft):
    address = page("formula", "in_force", draft.pk)
    assert client.get(address).status_code == 200
    assert client.post(address, {"day": TODAY}).status_code == 422
    assert client.post(address, {"day": ""}).status_code == 422

    client.post(address, {"day": TOMORROW})

    draft.refresh_from_db()
    assert draft.effective_from == TOMORROW
    assert client.get(address).status_code == 403
    assert "in force from" in client.get(page("formula")).content.decode()


def test_two_versions_do_not_share_a_day(client, administrator, draft, in_force, root):
    in_force.copy(name="Another", by=root).put_in_force(TOMORROW, today=TODAY)

    response = client.post(page("formula", "in_force", draft.pk), {"day": TOMORROW})

    assert response.status_code == 422
    assert "Another version takes effect on that day." in response.content.decode()


@pytest.mark.parametrize("which", ["in_force", "coming"])
def test_a_dated_version_is_only_read(client, root, in_force, draft, which):
    draft.put_in_force(TOMORROW, today=TODAY)
    formula = in_force if which == "in_force" else draft
    client.force_login(root)
    points = list(FormulaKind.objects.filter(formula=formula).values_list("points", flat=True))

    text = client.get(page("formula", "change", formula.pk)).content.decode()
    changed = client.post(
        page("formula", "change", formula.pk), formula_form(formula, **{"kinds-0-points": 99})
    )
    deleted = client.post(page("formula", "delete", formula.pk), {"post": "yes"})
    act(client, "formula", "delete_selected", [formula], post="yes")

    assert 'name="half_life_days"' not in text
    assert 'name="kinds-0-points"' not in text
    assert (changed.status_code, deleted.status_code) == (403, 403)
    assert list(FormulaKind.objects.filter(formula=formula).values_list("points", flat=True)) == points


def test_a_draft_is_deleted(client, administrator, draft):
    response = client.post(page("formula", "delete", draft.pk), {"post": "yes"})

    assert response.status_code == 302
    assert not Formula.objects.filter(pk=draft.pk).exists()


def test_the_list_says_which_rules(client, administrator, in_force, draft, root, noon):
    draft.put_in_force(TOMORROW, today=TODAY)
    in_force.copy(name="A third", by=root)
    noon.shift(datetime.timedelta(days=2))

    text = client.get(page("formula")).content.decode()

    assert text.count("replaced by a newer one") == 1
    assert text.count("in force since") == 1
    assert text.count(">draft<") == 1
