"""Past values of LinkedIn's page: from a file, all or nothing, and back into one."""

import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from scoring.models import OfficialScore
from scoring.official.file import MOST_BYTES, MOST_FAULTS
from ssi_dashboard import clock

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "official"}
HEADER = "day,brand,find,engage,relate,total,industry_top,network_top\n"
GOOD = HEADER + "2026-01-31,18.275,16.25,15,21.2,71,3,12\n2026-02-28,1,2,3,4,,,\n"


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def send(client, content, **headers):
    content = content if isinstance(content, bytes) else content.encode()
    return client.post(
        reverse("official-upload"), {"file": SimpleUploadedFile("past.csv", content)}, **headers
    )


def faults(response):
    return [(fault.line, fault.column, fault.reason) for fault in response.context["faulty"].faults]


def test_a_file_is_taken_in(signed_in, ana):
    response = send(signed_in, GOOD)

    assert (response.status_code, response.url) == (302, "/official/")
    second, first = OfficialScore.objects.filter(seller=ana.seller)
    assert (first.day, first.brand, first.total) == (datetime.date(2026, 1, 31), Decimal("18.28"), 71)
    assert (first.industry_top, first.network_top) == (3, 12)
    assert (second.total, second.industry_top) == (10, None)


def test_known_days_are_replaced_and_said_so(signed_in):
    send(signed_in, GOOD)

    response = send(signed_in, GOOD.replace("18.275", "18") + "2026-03-31,1,1,1,1,4,,\n", **HTMX)

    assert response.status_code == 200
    assert "1 day was entered." in response.text
    assert "The figures of 1 day were replaced: 31 January 2026." in response.text
    assert "1 day was known with the same figures." in response.text
    assert [str(entry.brand) for entry in OfficialScore.objects.all()] == ["1.00", "1.00", "18.00"]


def test_what_is_downloaded_is_taken_in_again_and_changes_nothing(signed_in, ana):
    send(signed_in, GOOD)
    before = list(OfficialScore.objects.values())

    download = signed_in.get(reverse("official-download"))
    response = send(signed_in, download.content, **HTMX)

    assert download["Content-Disposition"].startswith('attachment; filename="linkedin-figures-')
    assert (
        download.content.decode("utf-8-sig").splitlines()[1]
        == "2026-01-31,18.28,16.25,15.00,21.20,71.00,3,12"
    )
    assert "2 days were known with the same figures." in response.text
    assert list(OfficialScore.objects.values()) == before


def test_semicolons_and_decimal_commas_are_read(signed_in):
    send(signed_in, "\ufeffday;relate;brand;find;engage\r\n2026-01-31;21,2;18,28;16,25;15\r\n")

    assert OfficialScore.objects.get().total == Decimal("70.73")


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("2026-03-31,26,1,1,1,,,", "brand", "from 0 to 25"),
        ("2026-03-31,-1,1,1,1,,,", "brand", "from 0 to 25"),
        ("2026-03-31,1.2345,1,1,1,,,", "brand", "from 0 to 25"),
        ("2026-03-31,1e1,1,1,1,,,", "brand", "from 0 to 25"),
        ("2026-03-31,NaN,1,1,1,,,", "brand", "from 0 to 25"),
        ("2026-03-31,1,1,1,,,,", "relate", "from 0 to 25"),
        ("2026-03-31,1,1,1,1,101,,", "total", "from 0 to 100"),
        ("2026-03-31,1,1,1,1,71,,", "total", "The four add up to 4.00."),
        ("2026-03-31,1,1,1,1,,0,", "industry_top", "from 1 to 100"),
        ("2026-03-31,1,1,1,1,,,2.5", "network_top", "from 1 to 100"),
        ("31.01.2026,1,1,1,1,,,", "day", "write it as 2026-11-22"),
        ("2026-02-29,1,1,1,1,,,", "day", "write it as 2026-11-22"),
        ("2015-08-02,1,1,1,1,,,", "day", "opened to everybody"),
        ("2026-03-31,1,1,1,1", "", "5 cells"),
    ],
)
def test_a_bad_row_sinks_the_file_and_says_where(signed_in, row, column, words):
    response = send(signed_in, GOOD + row + "\n")

    assert response.status_code == 422
    [(line, where, reason)] = faults(response)
    assert (line, where) == (4, column)
    assert words in reason
    assert not OfficialScore.objects.exists()


def test_a_day_that_has_not_come_is_a_fault(signed_in):
    tomorrow = clock.today() + datetime.timedelta(days=1)

    assert faults(send(signed_in, f"{HEADER}{tomorrow},1,1,1,1,,,\n")) == [
        (2, "day", "That day has not come yet.")
    ]


def test_the_same_day_twice_in_a_file_is_a_fault(signed_in):
    response = send(signed_in, GOOD + "2026-01-31,1,1,1,1,,,\n", **HTMX)

    assert response.status_code == 422
    assert faults(response) == [(4, "day", "That day is on line 2 already.")]
    assert not OfficialScore.objects.exists()


def test_of_many_mistakes_the_first_are_told_and_the_rest_counted(signed_in):
    response = send(signed_in, HEADER + "x,1,1,1,1,,,\n" * (MOST_FAULTS + 7))

    assert len(faults(response)) == MOST_FAULTS
    assert "And 7 more mistakes." in response.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (HEADER.encode(), "There is no row in it."),
        (b"day,brand\n", "The header lacks: find, engage, relate."),
        (b"day,day,brand,find,engage,relate\n", "more than once: day"),
        (b"day,brand,find,engage,relate,mood\n", "unknown columns: mood"),
        (GOOD.encode() + b"\xff\n", "is not UTF-8"),
        (GOOD.encode() + b'"2026-01-31\n', "quotation mark"),
        (b"PK\x03\x04" + bytes(200), "The header lacks"),
        (b"x" * (MOST_BYTES + 1), "too large"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(signed_in, content, words):
    response = send(signed_in, content)

    assert response.status_code == 422
    assert words in str(response.context["file_form"].errors["file"])
    assert not OfficialScore.objects.exists()


def test_without_a_file_it_asks_for_one(signed_in):
    response = signed_in.post(reverse("official-upload"))

    assert response.status_code == 422
    assert "Choose a file." in response.text


def test_the_token_of_the_form_is_looked_for(ana):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)

    assert send(client, GOOD).status_code == 403
    assert not OfficialScore.objects.exists()


def test_a_file_names_nobody_else(signed_in, ana, ada, client):
    send(signed_in, GOOD)
    client.force_login(ada)

    assert client.get(reverse("official-download")).content.decode("utf-8-sig") == HEADER
    send(client, GOOD)
    assert OfficialScore.objects.filter(seller=ana.seller).count() == 2


def test_the_file_may_be_sent_twice_at_once(signed_in):
    for _ in range(2):
        send(signed_in, GOOD)

    assert OfficialScore.objects.count() == 2


def test_the_questions_do_not_grow_with_the_rows(signed_in, django_assert_max_num_queries):
    days = [datetime.date(2025, 1, 1) + datetime.timedelta(days=n) for n in range(400)]
    rows = [f"{day},1,1,1,1,,,\n" for day in days]

    with django_assert_max_num_queries(20):
        send(signed_in, HEADER + "".join(rows))

    assert OfficialScore.objects.count() == 400
