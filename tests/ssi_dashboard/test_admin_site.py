import uuid

import pytest
from django.urls import reverse

from scoring import intake, recompute
from scoring.models import Formula, Kind, OfficialScore, Run
from ssi_dashboard import clock
from teams.models import Team


@pytest.fixture
def rows(ana, bruno, north, retail, root):
    """The key of one row of everything that the administration shows."""
    today = clock.today()
    Team.objects.create(name="Store", slug="store", parent=north)
    entry = intake.Entry(Kind.objects.get(code="comment_posted"), today)
    activity = intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=today)
    official = OfficialScore.objects.create(
        seller=ana.seller, day=today, brand=1, find=1, engage=1, relate=1, total=4
    )
    return {
        "teams_user": ana.pk,
        "teams_team": north.pk,
        "teams_seller": ana.seller.pk,
        "teams_industry": retail.pk,
        "scoring_activity": activity.pk,
        "scoring_formula": Formula.objects.get().copy(name="A draft", by=root).pk,
        "scoring_kind": activity.kind_id,
        "scoring_officialscore": official.pk,
        "scoring_run": Run.objects.create(day=today).pk,
        "auth_group": bruno.groups.model.objects.first().pk,
    }


def addresses(rows):
    yield reverse("admin:index")
    yield reverse("admin:password_change")
    yield reverse("admin:scoring_run_now")
    yield reverse("admin:scoring_run_again", args=[rows["scoring_run"]])
    yield reverse("admin:scoring_formula_copy", args=[rows["scoring_formula"]])
    yield reverse("admin:scoring_formula_in_force", args=[rows["scoring_formula"]])
    yield reverse("admin:auth_user_password_change", args=[rows["teams_user"]])
    for model, key in rows.items():
        yield reverse(f"admin:{model}_changelist")
        yield reverse(f"admin:{model}_change", args=[key])
        yield reverse(f"admin:{model}_history", args=[key])
    for model in ("teams_user", "teams_team", "teams_seller", "teams_industry"):
        yield reverse(f"admin:{model}_add")
        yield reverse(f"admin:{model}_delete", args=[rows[model]])


def test_no_page_of_the_administration_breaks_the_security_policy(page, enter, rows, root):
    enter(root)

    for address in addresses(rows):
        assert page.goto(address).status == 200, address


def test_a_seller_moves_by_hand(page, enter, rows, root, ana, south):
    recompute.settle(ana.seller.pk, today=clock.today())
    enter(root)

    page.goto(reverse("admin:teams_seller_changelist"))
    page.get_by_label("Select this object for an action").check()
    page.get_by_label("Action:").select_option("move_selected")
    page.get_by_role("button", name="Go").click()
    page.locator(".select2-selection").click()
    page.get_by_role("option", name="South").click()
    page.get_by_role("button", name="Move").click()

    page.get_by_text("1 seller is in South").wait_for()
    assert list(ana.seller.memberships.values_list("team__name", flat=True)) == ["North", "South"]
