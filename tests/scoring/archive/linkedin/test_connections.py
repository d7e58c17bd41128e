"""Connections.csv, in every era."""

from datetime import date

import pytest

from tests.scoring.archive.linkedin.archives import acts, days, kinds, marks, read, rows, skipped

NOTES = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are missing. '
    'See https://www.linkedin.com/help/linkedin/answer/261"\n'
    "\n"
)
FIRST_ERA = """First Name,Last Name,Email Address,Company,Position,Connected On
Nora,Lindqvist,,Fjordline,Buyer,08 Feb 2021
Otto,"Brandt, MBA",otto@fjord.example,"Brandt, Sons & Co",Managing Director,07 Feb 2021
"""
SECOND_ERA = NOTES + FIRST_ERA
THIRD_ERA = (
    NOTES
    + """First Name,Last Name,URL,Email Address,Company,Position,Connected On
Nora,Lindqvist,https://www.linkedin.com/in/nora-l,,Fjordline,Buyer,08 Feb 2021
Otto,Brandt,https://www.linkedin.com/in/ottobrandt,,"Brandt, Sons & Co",Managing Director,07 Feb 2021
"""
)
RESAVED = (
    b"\xef\xbb\xbf"
    + THIRD_ERA.replace("08 Feb 2021", "8-Feb-21")
    .replace("07 Feb 2021", "7-Feb-21")
    .replace("\n", "\r\n")
    .encode()
)
SEMICOLONS = (
    "\ufeffFirst Name;Last Name;Company;Position;Connected On\r\nNora;Lindqvist;Fjordline;Buyer;8-feb-21\r\n"
)
POSITIONS = "Company Name,Title,Description,Location,Started On,Finished On\n"


@pytest.mark.parametrize("text", [FIRST_ERA, SECOND_ERA, THIRD_ERA, RESAVED])
def test_every_era_gives_the_same_acts(tmp_path, text):
    found = read(tmp_path, text)

    assert kinds(found) == ["connection_accepted", "executive_connected"]
    assert days(found) == [date(2021, 2, 8), date(2021, 2, 7)]
    assert rows(found) == {"Connections.csv": 2}
    assert skipped(found) == []
    assert marks(found) == marks(read(tmp_path, FIRST_ERA))


def test_a_spreadsheet_with_semicolons_leaves_the_mark_as_it_is(tmp_path):
    found = read(tmp_path, SEMICOLONS)

    assert marks(found) <= marks(read(tmp_path, FIRST_ERA))
    assert len(acts(found)) == 1


def test_the_address_is_the_link_where_it_is_told(tmp_path):
    assert {act.link for act in acts(read(tmp_path, FIRST_ERA))} == {""}
    assert all(act.link for act in acts(read(tmp_path, THIRD_ERA)))


def test_hidden_members_count_one_by_one(tmp_path):
    text = THIRD_ERA + ",,,,,,07 Jun 2026\n,,,,,,07 Jun 2026\n,,,,,,08 Jun 2026"

    found = read(tmp_path, text)

    assert kinds(found)[2:] == ["connection_accepted"] * 3
    assert [*marks(found).values()] == [1, 1, 2, 1]
    assert rows(found) == {"Connections.csv": 5}


def test_who_works_for_the_same_employer_is_a_colleague_and_who_decides_there_an_executive(tmp_path):
    archive = {
        "Connections.csv": THIRD_ERA
        + "Ada,Wolf,,,FJORDLINE ,Clerk,01 Mar 2026\nEva,Sand,,,Fjordline,CEO,01 Mar 2026\n"
        + "Jan,Old,,,Before Ltd,Clerk,01 Mar 2026\n",
        "Positions.csv": POSITIONS + "Fjordline,Sales,,,Jan 2024,\nBefore Ltd,Clerk,,,Jan 2019,Dec 2023\n",
    }

    found = read(tmp_path, archive)

    assert kinds(found) == [
        "colleague_connected",
        "executive_connected",
        "colleague_connected",
        "executive_connected",
        "connection_accepted",
    ]


def test_a_connection_that_is_promoted_is_the_same_act(tmp_path):
    before = read(tmp_path, FIRST_ERA)
    after = read(tmp_path, FIRST_ERA.replace("Buyer", "Chief of Everything"))

    assert kinds(before) != kinds(after)
    assert marks(before) == marks(after)


@pytest.mark.parametrize(
    "position",
    [
        *("CFO", "Group CTO & co-founder", "Head  of Sales", "chief buyer", "Prezes Zarządu"),
        *("czlonek zarzadu", "CZŁONEK ZARZĄDU", "Amministratore Delegato", "(CEO)"),
    ],
)
def test_phrases_tell_executives_whatever_case_and_accents(tmp_path, position):
    text = FIRST_ERA.replace("Buyer", position)

    assert kinds(read(tmp_path, text))[0] == "executive_connected"


@pytest.mark.parametrize("position", ["Mischief manager", "Ahead of time", "CO", "CEOs' assistant", ""])
def test_parts_of_words_tell_nothing(tmp_path, position):
    assert kinds(read(tmp_path, FIRST_ERA.replace("Buyer", position)))[0] == "connection_accepted"


@pytest.mark.parametrize(
    ("written", "reason", "value"),
    [
        ("", "no_day", ""),
        ("soon", "no_day", "soon"),
        ("31 Feb 2026", "no_day", "31 Feb 2026"),
        ("29 Feb 2025", "no_day", "29 Feb 2025"),
        ("01 Jan 0001", "too_early", "01 Jan 0001"),
        ("21 Nov 2026", "future", "21 Nov 2026"),
        ("met her at the fair", "no_day", ""),  # words that got into the wrong column are nobody's business
    ],
)
def test_a_row_without_a_day_is_skipped_and_the_others_stay(tmp_path, written, reason, value):
    found = read(tmp_path, FIRST_ERA.replace("08 Feb 2021", written))

    assert skipped(found) == [(2, "Connected On", reason, value)]
    assert kinds(found) == ["executive_connected"]
    assert rows(found) == {"Connections.csv": 2}


def test_the_leap_day_of_a_leap_year_is_a_day(tmp_path):
    assert date(2024, 2, 29) in days(read(tmp_path, FIRST_ERA.replace("08 Feb 2021", "29 Feb 2024")))


def test_months_in_the_language_of_the_seller_are_understood(tmp_path):
    text = FIRST_ERA.replace("08 Feb 2021", "8 lutego 2021").replace("07 Feb 2021", "07 febbraio 2021")

    assert marks(read(tmp_path, text)) == marks(read(tmp_path, FIRST_ERA))


def test_titles_behind_a_name_come_and_go_and_the_mark_stays(tmp_path):
    decorated = FIRST_ERA.replace("Nora,Lindqvist", 'NORA,"Lindqvist (she/her), Ph.D."')

    assert marks(read(tmp_path, decorated)) == marks(read(tmp_path, FIRST_ERA))
