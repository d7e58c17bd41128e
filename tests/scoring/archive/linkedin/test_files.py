"""Which files of an archive are read, and by which names; which are never opened."""

import pytest

from scoring.archive import linkedin
from scoring.archive.container import Member
from tests.scoring.archive.linkedin.archives import acts, read, rows, skipped, upload

SEARCHES = "Time,Search Query\n2024/02/01 15:02:55 UTC,buyers\n"
SHARES = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n2026-02-09 01:21:47,{},Words,,,\n"
NEVER = (
    *("Contacts.csv", "ImportedContacts.csv", "Email Addresses.csv", "PhoneNumbers.csv", "Notes.csv"),
    *("Whatsapp Phone Numbers.csv", "Registration.csv", "Logins.csv", "Security Challenges.csv"),
    *("Receipts_v2.csv", "Ad_Targeting.csv", "Ads Clicked.csv", "LAN Ads Engagement.csv"),
    *("Inferences_about_you.csv", "Verifications/Verifications.csv", "Private_identity_asset.csv"),
    *("Jobs/Job Applications.csv", "Jobs/Events.csv", "Services Marketplace/Profile.csv"),
    *("guide_messages.csv", "learning_coach_messages.csv", "LearningCoachMessages.csv", "Education.csv"),
    *("learning_role_play_messages.csv", "coach_messages.csv", "Hashtag_Follows.csv", "Groups.csv"),
)


def test_what_is_nobodys_business_is_never_opened(tmp_path, monkeypatch):
    opened = []
    real = Member.open
    monkeypatch.setattr(Member, "open", lambda member: opened.append(member.name) or real(member))

    found = read(tmp_path, {"SearchQueries.csv": SEARCHES, **dict.fromkeys(NEVER, "No conversations found")})

    assert set(opened) == {"SearchQueries.csv"}
    assert rows(found) == {"SearchQueries.csv": 1}


@pytest.mark.parametrize(
    "name", ["Shares_314159265.csv", "Basic_Export/Shares.csv", "shares (1).csv", "SHARES.CSV"]
)
def test_numbers_folders_and_case_do_not_hide_a_file(tmp_path, name):
    found = read(tmp_path, {name: SHARES.format("https://www.linkedin.com/feed/update/urn:li:share:1")})

    assert rows(found) == {"Shares.csv": 1}


@pytest.mark.parametrize("number", ["Shares_314159265.csv", "Shares(1).csv"])
def test_the_exact_name_wins_over_one_with_a_number(tmp_path, number):
    exact, other = SHARES.format("https://a.example/1"), SHARES.format("https://a.example/2")

    alone = read(tmp_path, {"Shares.csv": exact})
    assert acts(read(tmp_path, {number: other, "Shares.csv": exact})) == acts(alone)


def test_a_file_that_is_not_what_it_claims_does_not_sink_the_others(tmp_path):
    archive = {
        "Shares.csv": "Name,Colour\nAda,red\n",
        "Comments.csv": b"\0\0\0",
        "SearchQueries.csv": SEARCHES,
    }

    found = read(tmp_path, archive)

    assert len(acts(found)) == 1
    assert sorted(skipped(found)) == [(0, "", "no_header", "")] * 2


def test_a_row_of_another_width_is_skipped(tmp_path):
    found = read(tmp_path, SEARCHES + "2024/02/01 15:02:55 UTC\n")

    assert skipped(found) == [(3, "", "width", "")]
    assert rows(found) == {"SearchQueries.csv": 2}


@pytest.mark.parametrize(
    "content",
    [
        "kind,day,quantity\ncomment_posted,2026-01-01,1\n",
        {"outbox.json": "{}", "actor.json": "{}"},
        {"data/tweets.js": "window.YTD.tweets.part0 = []"},
        {"Profile.csv": "Colour\nred\n"},
        {"articles/a.html": "<h1>A shop</h1>"},
        "Date,Text\n2026-01-01,Name\nName\n",
    ],
)
def test_other_archives_are_not_ours(tmp_path, content):
    with upload(tmp_path, content) as archive:
        assert not linkedin.owns(archive)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1250"])
def test_encodings_of_spreadsheets_are_understood(tmp_path, encoding):
    text = "First Name,Last Name,Company,Position,Connected On\r\nŁucja,Żak,Młyn,Prezes,08 Feb 2021\r\n"

    found = read(tmp_path, text.encode(encoding))

    assert acts(found)[0].kind == "executive_connected"
    assert acts(found)[0].mark == acts(read(tmp_path, text))[0].mark


def test_repeated_columns_take_the_first(tmp_path):
    found = read(tmp_path, "Time,Search Query,Time\n2024/02/01 15:02:55 UTC,a,never\n")

    assert len(acts(found)) == 1
