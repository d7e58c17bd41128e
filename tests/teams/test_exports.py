import csv
import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from ssi_dashboard import clock
from teams.exports import as_text
from tests.cast import seller
from tests.teams.crowd import DAY, WEEK_AGO, crowd, hide, publish, score

pytestmark = pytest.mark.django_db

HEAD = ["Rank", "Movement", "Name", "Team", "Brand", "Find", "Engage", "Relate", "SSI", "Change"]


@pytest.fixture(autouse=True)
def published(db, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    publish()


def csv_rows(client, **query):
    response = client.get(reverse("leaderboard-file", args=["north"]), {"format": "csv", **query})
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def xlsx_rows(client, **query):
    response = client.get(reverse("leaderboard-file", args=["north"]), {"format": "xlsx", **query})
    return [list(row) for row in load_workbook(io.BytesIO(response.content)).active.values]


def test_both_files_hold_what_the_page_shows(client, bruno, ana, ada, north):
    score(ana, 6000, brand=7134, find=0, engage=5, relate=9999)
    score(ada, 4000)
    score(ana, 6120, day=WEEK_AGO)
    client.force_login(bruno)

    assert csv_rows(client) == [
        HEAD,
        ["1", "0", "Ana Nowak", "North", "71.34", "0.00", "0.05", "99.99", "60.00", "-1.20"],
        ["2", "new", "Ada Wilk", "North", "40.00", "40.00", "40.00", "40.00", "40.00", ""],
    ]
    assert xlsx_rows(client) == [
        HEAD,
        [1, 0, "Ana Nowak", "North", 71.34, 0, 0.05, 99.99, 60, -1.2],
        [2, "new", "Ada Wilk", "North", 40, 40, 40, 40, 40, None],
    ]


def test_the_rows_follow_order_search_and_period_over_all_pages(client, bruno, north):
    crowd(north, list(range(1000, 7000, 100)))
    score(seller("lukasz", "Łukasz", "Wójcik", team=north), 5050, day=WEEK_AGO)
    client.force_login(bruno)

    names = [row[2] for row in csv_rows(client, sort="ssi")[1:]]
    assert names == [f"Person north{n:03}" for n in range(60)]
    found = [row[2] for row in csv_rows(client, q="north01")[1:]]
    assert found == [f"Person north{n:03}" for n in range(19, 9, -1)]
    assert [row[2] for row in csv_rows(client, period=WEEK_AGO.isoformat())[1:]] == ["Łukasz Wójcik"]


def test_a_hidden_seller_is_in_no_file_not_even_their_managers(client, bruno, ana, ada):
    score(ana, 6000)
    score(ada, 5000)
    hide(ana)

    for person in (bruno, ana):
        client.force_login(person)
        assert [row[:3] for row in csv_rows(client)[1:]] == [["1", "", "Ada Wilk"]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_is_never_a_formula(start):
    assert as_text(f"{start}1+1") == f"'{start}1+1"
    assert as_text(f"1{start}1") == f"1{start}1"


def test_formulas_in_names_are_text_in_both_files(client, bruno, north):
    score(seller("trick", '=HYPERLINK("http://example.com")', "Wilk", team=north), 5000)
    client.force_login(bruno)

    kept = '\'=HYPERLINK("http://example.com") Wilk'
    assert csv_rows(client)[1][2] == kept
    assert xlsx_rows(client)[1][2] == kept


def test_control_characters_do_not_break_a_file(client, bruno, north):
    score(seller("odd", "Bell\x07", "Wilk", team=north), 5000)
    client.force_login(bruno)

    assert xlsx_rows(client)[1][2] == "Bell Wilk"


def test_the_file_is_named_for_team_and_day(client, bruno):
    client.force_login(bruno)

    response = client.get(reverse("leaderboard-file", args=["north"]), {"format": "csv", "period": "2026-10"})

    assert response["Content-Disposition"] == 'attachment; filename="board-north-2026-10-31.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response["Cache-Control"]


def test_an_unknown_format_or_another_team_is_not_found(client, bruno, chiara):
    client.force_login(bruno)
    assert client.get(reverse("leaderboard-file", args=["north"]), {"format": "pdf"}).status_code == 404

    client.force_login(chiara)
    assert client.get(reverse("leaderboard-file", args=["north"])).status_code == 404


def test_before_the_first_night_there_is_no_file(client, bruno):
    publish().delete()
    client.force_login(bruno)

    assert client.get(reverse("leaderboard-file", args=["north"])).status_code == 404


def test_a_past_day_is_written_with_that_days_members(client, bruno, ana, north):
    yesterday = WEEK_AGO - datetime.timedelta(days=1)
    score(ana, 3000, day=yesterday)
    ana.seller.memberships.update(until=WEEK_AGO)
    client.force_login(bruno)

    assert len(csv_rows(client)) == 1
    assert csv_rows(client, period=yesterday.isoformat())[1][2] == "Ana Nowak"
