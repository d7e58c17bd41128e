import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teams.models import Industry, Team
from tests.cast import PASSWORD
from tests.cast import seller as new_seller

pytestmark = pytest.mark.django_db


MODELS = ["user", "team", "seller", "industry"]


@pytest.fixture
def rows(ana, north, retail):
    """The key of one row of each model."""
    return {"user": ana.pk, "team": north.pk, "seller": ana.seller.pk, "industry": retail.pk}


def page(model, name="changelist", *args):
    return reverse(f"admin:teams_{model}_{name}", args=args)


def test_the_stranger_is_sent_to_the_one_sign_in_and_back(client, db):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.request["PATH_INFO"] == reverse("account_login")
    assert response.request["QUERY_STRING"] == "next=%2Fadmin%2F"


def test_the_stranger_signs_in_there_and_comes_in(client, root):
    response = client.post(
        f"{reverse('account_login')}?next={reverse('admin:index')}",
        {"login": root.email, "password": PASSWORD},
        follow=True,
    )

    assert response.redirect_chain[-1][0] == reverse("admin:index")
    assert response.status_code == 200


@pytest.mark.parametrize("person", ["ana", "bruno"])
def test_others_are_told_whom_it_is_for(client, request, person):
    client.force_login(request.getfixturevalue(person))

    response = client.get(reverse("admin:index"), follow=True)

    assert response.status_code == 403
    assert f"{person}@example.com" in response.content.decode()


def test_staff_who_may_not_see_everybody_stay_outside(client, bruno):
    bruno.is_staff = True
    bruno.save()
    bruno.groups.add(Group.objects.get(name="Manager"))
    client.force_login(bruno)

    assert client.get(page("seller"), follow=True).status_code == 403
    assert client.post(reverse("admin:login"), {"username": "x", "password": "y"}).status_code == 403


def test_who_is_in_is_not_asked_to_sign_in(client, root):
    client.force_login(root)

    assert client.get(reverse("admin:login")).url == reverse("admin:index")


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("person", ["anonymous", "ana"])
def test_no_page_opens_for_others(client, request, rows, model, person):
    if person != "anonymous":
        client.force_login(request.getfixturevalue(person))

    for address in (page(model), page(model, "add"), page(model, "change", rows[model])):
        response = client.get(address)
        assert response.status_code == 302
        door = "account_login" if person == "anonymous" else "admin:login"
        assert response.url.startswith(reverse(door))


def test_the_first_page_says_how_today_stands(client, either, ana):
    response = client.get(reverse("admin:index"))

    assert "not begun" in response.content.decode()
    assert response.context["waiting"] == 1


@pytest.mark.parametrize("model", MODELS)
def test_the_pages_open(client, either, rows, model):
    for address in (
        page(model),
        f"{page(model)}?q=north",
        page(model, "add"),
        page(model, "change", rows[model]),
        page(model, "history", rows[model]),
        page(model, "delete", rows[model]),
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert b"<style" not in response.content
        assert b" style=" not in response.content


@pytest.mark.parametrize("model", MODELS)
def test_a_list_costs_the_same_with_twice_the_rows(client, root, north, retail, bruno, model):
    def fill(first, last):
        for n in range(first, last):
            new_seller(f"p{n}", "Per", f"Son {n}", team=north, industry=retail)
            Industry.objects.create(name=f"Industry {n}")
            Team.objects.create(name=f"Team {n}", slug=f"team-{n}", parent=north).managers.add(bruno)

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


@pytest.mark.parametrize("field", ["membership.seller", "membership.team", "seller.user", "seller.industry"])
def test_boxes_complete_what_is_typed(client, administrator, ana, field):
    model, name = field.split(".")

    response = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "teams", "model_name": model, "field_name": name, "term": "a"},
    )

    assert response.status_code == 200


def test_namesakes_are_told_apart(client, administrator, ana):
    response = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "teams", "model_name": "membership", "field_name": "seller", "term": "nowak"},
    )

    assert response.json()["results"] == [{"id": str(ana.seller.pk), "text": "Ana Nowak · ana@example.com"}]
