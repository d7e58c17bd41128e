"""Sellers from a file: people, teams, industries and dated memberships."""

import io
import re
from datetime import date, datetime

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from scoring.models import Restatement, Score
from teams.models import Industry, Membership, Seller, Team, User

TODAY = date(2026, 3, 20)
HEADER = "email,first_name,last_name,team,industry,title,joined_on"
MILA = "Mila@example.com,Mila,Zając,North/Store 12,Retail,Adviser,2026-03-01"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 3, 20, 12), tick=False) as traveller:
        yield traveller


@pytest.fixture
def imported(tmp_path):
    """Import rows and give what the command said, as a dictionary."""

    def do(*rows: str, header: str = HEADER, **options) -> dict[str, int]:
        file = tmp_path / "rows.csv"
        file.write_text("\n".join([header, *rows]), encoding="utf-8")
        out = io.StringIO()
        call_command("import_sellers", str(file), stdout=out, **options)
        return {label: int(n) for label, n in (line.rsplit(": ", 1) for line in out.getvalue().splitlines())}

    return do


def memberships(user) -> list[tuple[str, date, date | None]]:
    rows = Membership.objects.filter(seller__user=user).order_by("first")
    return list(rows.values_list("team__name", "first", "until"))


def test_a_new_person_gets_a_team_an_industry_and_scores(db, imported):
    said = imported(MILA)

    mila = User.objects.get(email="mila@example.com")
    assert (said["new"], said["teams made"], said["industries made"]) == (1, 2, 1)
    assert not mila.has_usable_password()
    assert mila.groups.get().name == "Seller"
    assert mila.seller.industry.name == "Retail"
    assert memberships(mila) == [("Store 12", date(2026, 3, 1), None)]
    assert Team.objects.get(name="Store 12").parent.name == "North"
    assert Score.objects.of(mila.seller).count() == 20
    assert not Restatement.objects.exists()


def test_imported_twice_changes_nothing(db, imported):
    imported(MILA)
    before = [list(model.objects.values()) for model in (User, Seller, Team, Membership, Industry)]

    said = imported(MILA)

    assert (said["new"], said["updated"], said["unchanged"], said["teams made"]) == (0, 0, 1, 0)
    assert [list(model.objects.values()) for model in (User, Seller, Team, Membership, Industry)] == before


def test_a_known_person_is_updated(ana, imported):
    said = imported("ana@example.com,Anna,Nowak,North,Energy,Boss,2026-01-01")

    seller = Seller.objects.get(user=ana)
    assert (said["updated"], said["of these in another team"]) == (1, 0)
    assert (seller.user.first_name, seller.industry.name, seller.title) == ("Anna", "Energy", "Boss")
    assert seller.user.has_usable_password()


def test_another_team_ends_the_membership_today(ana, imported, clock):
    row = "ana@example.com,Ana,Nowak,South,Retail,,2026-01-01"

    said = imported(row)
    clock.move_to(datetime(2026, 3, 21, 12))
    later = imported(row)

    assert said["of these in another team"] == 1
    assert later["unchanged"] == 1
    assert memberships(ana) == [("North", date(2026, 1, 1), TODAY), ("South", TODAY, None)]
    by_day = dict(Score.objects.of(ana.seller).values_list("day", "team__name"))
    assert by_day[TODAY] == "South"


def test_changing_the_team_twice_on_a_day_leaves_one_change(ana, imported):
    for team in ("South", "West"):
        imported(f"ana@example.com,Ana,Nowak,{team},Retail,,2026-01-01")

    assert memberships(ana) == [("North", date(2026, 1, 1), TODAY), ("West", TODAY, None)]


def test_a_planned_change_stays_when_the_team_of_today_changes(ana, south, imported):
    Membership.objects.filter(seller=ana.seller).update(until=date(2026, 5, 1))
    Membership.objects.create(seller=ana.seller, team=south, first=date(2026, 5, 1))

    imported("ana@example.com,Ana,Nowak,West,Retail,,2026-01-01")

    assert [first for _team, first, _until in memberships(ana)] == [date(2026, 1, 1), TODAY, date(2026, 5, 1)]


def test_another_day_of_joining_moves_the_membership_and_the_scores(db, imported):
    imported(MILA)

    imported(MILA.replace("2026-03-01", "2026-03-11"))

    mila = User.objects.get(email="mila@example.com")
    assert memberships(mila) == [("Store 12", date(2026, 3, 11), None)]
    assert Score.objects.of(mila.seller).count() == 10


def test_who_left_has_no_more_scores_and_comes_back_when_that_was_wrong(db, imported):
    header = f"{HEADER},left_on"
    mila = lambda: Seller.objects.get(user__email="mila@example.com")  # noqa: E731
    imported(MILA)

    imported(f"{MILA},2026-03-10", header=header)
    assert Score.objects.of(mila()).count() == 9
    imported(MILA)
    assert mila().left_on == date(2026, 3, 10)
    imported(f"{MILA},", header=header)

    assert mila().left_on is None
    assert Score.objects.of(mila()).count() == 20


def test_addresses_of_teams_are_free_and_fit(db, north, imported):
    Team.objects.create(name="Elsewhere", slug="store-12")

    imported(MILA, f"b@example.com,B,B,{'x' * 120},,,2026-03-01", "c@example.com,C,C,日本,,,2026-03-01")

    assert Team.objects.get(name="Store 12").slug == "north-store-12"
    assert Team.objects.get(name="日本").slug == "team"
    assert Team.objects.filter(name="North").count() == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("nobody,A,B,North,,,2026-03-01", "line 2, email “nobody”: This is not an e-mail address."),
        ("a@example.com,A,B,,,,2026-03-01", "team “”: Name a team"),
        ("a@example.com,A,B,North//Store,,,2026-03-01", "Name a team, or a path"),
        (f"a@example.com,A,B,{'x' * 121},,,2026-03-01", "That is too long: 120 characters at most."),
        (f"a@example.com,{'x' * 151},B,North,,,2026-03-01", "That is too long: 150 characters at most."),
        ("a@example.com,A,B,North,,,1 March", "joined_on “1 March”: This is not a day"),
        ("MILA@example.com,A,B,North,,,2026-03-01", "Line 3 is about the same person."),
        ("a@example.com,A,B,North,,", "The row has 6 cells, the header has 7."),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(db, imported, row, said):
    rows = [MILA, row] if "Line 3" not in said else [row.replace("North", "/"), MILA, row]
    err = io.StringIO()

    with pytest.raises(CommandError, match="Nothing was imported"):
        imported(*rows, stderr=err)

    assert said.replace("line 2", "line 3") in err.getvalue()
    assert not User.objects.exists()


def test_nobody_leaves_before_joining_also_where_the_file_does_not_say_when(ana, imported):
    Seller.objects.filter(user=ana).update(left_on=date(2026, 2, 1))
    err = io.StringIO()

    with pytest.raises(CommandError):
        imported("ana@example.com,Ana,Nowak,North,,,2026-02-01", stderr=err)

    assert "Nobody leaves before the day after joining." in err.getvalue()


def test_the_good_rows_can_be_taken_in(db, imported):
    said = imported("nobody,A,B,North,,,2026-03-01", MILA, skip_bad=True, stderr=io.StringIO())

    assert (said["new"], said["skipped"]) == (1, 1)


def test_an_invitation_has_a_link_that_sets_a_password_for_seven_days(db, imported, client, clock):
    imported(MILA, invite=True)

    (message,) = mail.outbox
    (link,) = re.findall(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", message.body)
    assert message.to == ["mila@example.com"]
    assert "7 days" in message.body
    clock.move_to(datetime(2026, 3, 27, 11))
    page = client.get(link, follow=True)
    new = {"password1": "quite-a-new-word-7", "password2": "quite-a-new-word-7"}
    client.post(page.redirect_chain[-1][0], new)
    assert User.objects.get(email="mila@example.com").check_password("quite-a-new-word-7")


def test_an_invitation_is_too_old_after_seven_days(db, imported, client, clock):
    imported(MILA, invite=True)
    (link,) = re.findall(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)

    clock.move_to(datetime(2026, 3, 27, 13))

    assert client.get(link).status_code == 200
    assert "set-password" not in client.get(link).headers.get("Location", "")


def test_only_those_without_a_password_who_have_not_left_are_invited(ana, imported):
    header = f"{HEADER},left_on"

    said = imported(
        f"{MILA},",
        "ana@example.com,Ana,Nowak,North,,,2026-01-01,",
        f"{MILA.replace('M', 'K')},2026-03-10",
        header=header,
        invite=True,
    )

    assert said["invited"] == 1


def test_a_mail_server_that_is_away_is_one_sentence(db, imported, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    with pytest.raises(CommandError, match="mail server"):
        imported(MILA, invite=True)

    assert User.objects.count() == 1


def test_twice_the_people_cost_the_same_queries(db, imported, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    rows = [f"p{n}@example.com,P,{n},North,Retail,,2026-03-01" for n in range(12)]
    imported(*rows)
    with CaptureQueriesContext(connection) as for_half:
        imported(*rows[:6])

    with django_assert_num_queries(len(for_half)):
        imported(*rows)


def test_sign_in_is_where_the_invitation_says(db):
    assert reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "a-b"})
