"""Sales Navigator's activity of all seats, and whose each seat is: for administrators."""

import pytest
from django.urls import reverse

from scoring.models import Activity, Seat, Upload
from scoring.samples.sales_navigator import SEATS
from tests.administrators import adam, noon
from tests.cast import seller
from tests.scoring.views.uploads import (
    REPORT,
    a_folder_of_ones_own,
    as_sent,
    read_all,
    sample,
    take_in_all,
    upload_of,
)
from tests.teams.costs import queries_of

__all__ = ["a_folder_of_ones_own", "adam", "noon"]

REGION = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "seats"}


@pytest.fixture
def signed_in(client, adam):
    client.force_login(adam)
    return client


def with_unknown(*numbers):
    return upload_of(None, format="sales_navigator", report=REPORT | {"seats": {"unknown": list(numbers)}})


def assign(client, number, whose, headers=REGION, **said):
    data = {"number": number, "seller": "" if whose is None else whose.seller.pk, **said}
    return client.post(reverse("seat-assignment"), data, **headers)


@pytest.mark.parametrize("person", ["ana", "bruno"])
def test_for_others_there_is_no_such_page(client, request, ana, person):
    client.force_login(request.getfixturevalue(person))

    assert client.get(reverse("seats")).status_code == 404
    assert client.post(reverse("seats"), {}).status_code == 404
    assert assign(client, "17", ana).status_code == 404
    assert not Seat.objects.exists()


def test_the_seats_of_the_newest_file_are_offered_with_the_sellers(signed_in, ana, ada):
    with_unknown("99")
    with_unknown("17", "18")
    Seat.objects.create(number="18", seller=ada.seller)

    context = signed_in.get(reverse("seats")).context

    assert context["unknown"] == ["17"]
    assert [name for _pk, name in context["sellers"]] == ["Ana Nowak", "Ada Wilk"]
    assert [(seat.number, seat.name) for seat in context["known"]] == [("18", "Ada Wilk")]


def test_a_seat_gets_its_seller_and_may_get_another(signed_in, ana, ada):
    with_unknown("17")

    response = assign(signed_in, "17", ana)

    assert response.status_code == 200
    assert "Seat 17: Ana Nowak." in response.text
    assert response.context["unknown"] == []
    assign(signed_in, "17", ada)
    assert Seat.objects.get().seller == ada.seller


def test_a_seat_is_nobodys_again(signed_in, ana):
    Seat.objects.create(number="17", seller=ana.seller)

    response = assign(signed_in, "17", None, headers={})

    assert response.status_code == 302
    assert not Seat.objects.exists()


@pytest.mark.parametrize("said", [{"seller": "999999"}, {"seller": "x"}, {"number": ""}, {"number": "a b<"}])
def test_a_seller_or_seat_that_is_not_offered_is_refused(signed_in, ana, said):
    data = {"number": "17", "seller": ana.seller.pk, **said}

    response = signed_in.post(reverse("seat-assignment"), data, **REGION)

    assert response.status_code == 422
    assert not Seat.objects.exists()


@pytest.mark.parametrize("words", ["lukasz", "ŁUK", "zoltek lukasz"])
def test_sellers_are_found_by_name_without_accents(signed_in, ana, north, words):
    seller("lukasz", "Łukasz", "Żółtek", team=north)
    with_unknown("17")

    context = signed_in.get(reverse("seats"), {"q": words}).context

    assert [name for _pk, name in context["sellers"]] == ["Łukasz Żółtek"]


def test_the_words_looked_for_stay_after_a_seat_was_saved(signed_in, ana, ada):
    with_unknown("17", "18")

    response = assign(signed_in, "17", ana, q="nowak")

    assert [name for _pk, name in response.context["sellers"]] == ["Ana Nowak"]


def test_the_file_of_all_seats_from_file_to_the_sellers_acts(signed_in, adam, ana, ada):
    made = sample("sales-navigator")
    Seat.objects.create(number=SEATS[0], seller=ana.seller)
    response = signed_in.post(reverse("seats"), {"file": as_sent(made)})
    upload = Upload.objects.get()
    assert response["Location"] == reverse("upload", args=[upload.pk])
    assert (upload.seller, upload.made_by) == (None, adam)

    read_all()
    page = signed_in.get(response["Location"])
    assert page.context["view"].preview.unknown_seats == sorted(SEATS[1:])
    assert "2 seats of the file belong to nobody yet" in page.text
    assert page.context["view"].chart is None

    signed_in.post(reverse("upload-confirmation", args=[upload.pk]))
    take_in_all()
    expected = sum(n for (_kind, _day, seat), n in made.acts.items() if seat == SEATS[0])
    assert Activity.objects.filter(seller=ana.seller).count() == expected
    assert Activity.objects.count() == expected

    assign(signed_in, SEATS[1], ada)
    signed_in.post(reverse("seats"), {"file": as_sent(sample("sales-navigator"))})
    read_all()
    newest = Upload.objects.first()
    totals = signed_in.get(reverse("upload", args=[newest.pk])).context["view"].preview.totals
    assert totals["known"] == expected
    assert totals["new"] > 0


def test_an_archive_of_one_person_is_not_brought_in_here(signed_in):
    signed_in.post(reverse("seats"), {"file": as_sent(sample("linkedin-connections"))})
    read_all()

    assert signed_in.get(reverse("upload", args=[Upload.objects.get().pk])).context["view"].problem


def test_more_seats_and_sellers_cost_no_more_queries(signed_in, ana, north):
    with_unknown("17")
    signed_in.get(reverse("seats"))
    few = queries_of(lambda: signed_in.get(reverse("seats")))
    for n in range(5):
        user = seller(f"more{n}", "More", f"Of {n}", team=north)
        Seat.objects.create(number=str(n), seller=user.seller)
    with_unknown(*map(str, range(20)))

    assert queries_of(lambda: signed_in.get(reverse("seats"))) == few
