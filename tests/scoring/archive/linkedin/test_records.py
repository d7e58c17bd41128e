"""Follows, events, searches, courses, and the profile."""

from datetime import date

import pytest

from tests.scoring.archive.linkedin.archives import acts, days, items, kinds, marks, read, rows, skipped

LEARNING = (
    "Content Title,Content Description,Content Type,Content Last Watched Date (if viewed),"
    "Content Completed At (if completed),Content Saved,Notes taken on videos (if taken),\n"
)


def test_a_company_is_followed_on_a_day_as_java_writes_it(tmp_path):
    found = read(tmp_path, "Organization,Followed On\nFjordline,Sat Sep 05 08:12:14 UTC 2026\n")

    assert kinds(found) == ["company_followed"]
    assert days(found) == [date(2026, 9, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Status,FullName\n{when},Active,Nora Lindqvist\n{when},Unfollow,Otto Brandt\n",
        "Date,FullName,Status\n{when},Nora Lindqvist,Active\n{when},Otto Brandt,Unfollow\n",
    ],
)
@pytest.mark.parametrize("when", ["2026-09-05 08:12:14", "Sat Sep 05 08:12:14 UTC 2026", "5 Sep 2026"])
def test_people_who_are_followed_still_count(tmp_path, text, when):
    found = read(tmp_path, text.format(when=when))

    assert kinds(found) == ["person_followed"]
    assert days(found) == [date(2026, 9, 5)]
    assert rows(found) == {"Member_Follows.csv": 2}


def test_a_follow_of_unknown_status_is_skipped(tmp_path):
    found = read(tmp_path, "Date,Status,FullName\n2026-09-05,Paused,Nora Lindqvist\n")

    assert skipped(found) == [(2, "Status", "unknown_status", "Paused")]


def test_searches_are_counted_each(tmp_path):
    text = (
        "Time,Search Query\n" + "2024/02/01 15:02:55 UTC,buyers in Oslo\n" * 2 + "2024/02/01 15:03:55 UTC,\n"
    )

    found = read(tmp_path, text)

    assert kinds(found) == ["people_search"] * 3
    assert [*marks(found).values()] == [2, 1]


def test_for_what_was_searched_is_not_even_in_the_mark(tmp_path):
    text = "Time,Search Query\n2024/02/01 15:02:55 UTC,{}\n"

    assert marks(read(tmp_path, text.format("buyers"))) == marks(read(tmp_path, text.format("sellers")))


@pytest.mark.parametrize("name", ["SearchQueries.csv", "Search Queries.csv", "search_queries.CSV"])
def test_a_file_goes_by_several_names(tmp_path, name):
    found = read(tmp_path, {name: "Time,Search Query\n2024/02/01 15:02:55 UTC,buyers\n"})

    assert rows(found) == {"SearchQueries.csv": 1}
    assert len(acts(found)) == 1


def test_a_course_counts_when_it_was_completed(tmp_path):
    text = (
        LEARNING + "Selling well,About it,COURSE,2026-01-02 10:00:00,2026-01-03 10:00:00,false,N/A,\n"
        "Selling more,About it,COURSE,2026-01-02 10:00:00,N/A,true,N/A,\n"
        "Selling less,About it,COURSE,N/A,some day,true,N/A,\n"
    )

    found = read(tmp_path, text)

    assert days(found) == [date(2026, 1, 3)]
    assert skipped(found) == [(4, "Content Completed At (if completed)", "no_day", "")]
    assert rows(found) == {"Learning.csv": 3}


def test_one_course_in_three_files_is_one_act(tmp_path):
    archive = {
        "Learning.csv": LEARNING + "Selling well,,COURSE,N/A,2026-01-03 10:00:00,false,N/A,\n",
        "Certifications.csv": "Name,Url,Authority,Started On,Finished On,License Number\n"
        "Selling Well,,LinkedIn,Jan 2026,,1\nFirst Aid,,Cross,Mar 2025,,2\n",
        "Courses.csv": "Name,Number\nFirst aid,7\nRhetoric,\n",
    }

    found = read(tmp_path, archive)

    assert kinds(found) == ["course_completed"] * 3
    assert days(found) == [date(2026, 1, 3), date(2025, 3, 1), None]


@pytest.mark.parametrize("status", ["ATTENDING", "Attending", "attended"])
def test_events_that_were_attended_count(tmp_path, status):
    text = f"Event Name,Event Time,Status,External Url\nFair,2025-03-05 13:00:00 UTC,{status},\n"

    assert kinds(read(tmp_path, text)) == ["event_attended"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Fair,2025-03-05 13:00:00 UTC,INTERESTED,", []),
        ("Fair,2025-03-05 13:00:00 UTC,WAVERING,", [(2, "Status", "unknown_status", "WAVERING")]),
        (
            "Fair,2026-12-05 13:00:00 UTC,ATTENDING,",
            [(2, "Event Time", "future", "2026-12-05 13:00:00 UTC")],
        ),
    ],
)
def test_other_events_do_not(tmp_path, row, told):
    found = read(tmp_path, f"Event Name,Event Time,Status,External Url\n{row}\n")

    assert acts(found) == []
    assert skipped(found) == told


def test_the_profile_offers_standing_items_and_no_more(tmp_path):
    archive = {
        "Profile.csv": "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry\n"
        "Ana,Rossi,,Via Roma 1,May 1,I help plants run,,Software\n",
        "Profile Summary.csv": "Profile Summary\nLong ago\n",
        "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n"
        "Fjordline,Sales,,,Jan 2024,\n",
        "Skills.csv": "Name\n" + "".join(f"Skill {n}\n" for n in range(5)),
    }

    found = read(tmp_path, archive)

    assert items(found) == {"profile_headline", "profile_about", "profile_experience", "profile_skills"}
    assert acts(found) == []


def test_an_empty_profile_offers_nothing(tmp_path):
    archive = {
        "Profile.csv": "First Name,Last Name,Headline,Summary\nAna,Rossi,,\n",
        "Profile Summary.csv": "Profile Summary\n",
        "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n",
        "Skills.csv": "Name\n" + "".join(f"Skill {n}\n" for n in range(4)),
    }

    assert items(read(tmp_path, archive)) == set()
