"""Shares, instant reposts, and videos and documents."""

from datetime import date

import pytest

from tests.scoring.archive.linkedin.archives import acts, days, kinds, marks, read, skipped

HEADER = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
UPDATE = "https://www.linkedin.com/feed/update/"


def share(number, words="", shared="", media="", when="2026-02-09 01:21:47"):
    return f"{when},{UPDATE}urn%3Ali%3Ashare%3A{number},{words},{shared},{media},MEMBER_NETWORK\n"


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (share(7001, words="Our new plant"), "content_shared"),
        (share(7001, words="Look", shared="https://news.example/a"), "content_shared"),
        (share(7001, media="https://media.example/p.jpg"), "content_shared"),
        (share(7001, shared="https://n.example/a", media="https://media.example/p"), "content_shared"),
        (share(7001, shared="https://news.example/a"), "content_reshared"),
        (share(7001), "content_shared"),
    ],
)
def test_words_or_pictures_make_a_share_the_owners_own(tmp_path, row, kind):
    found = read(tmp_path, HEADER + row)

    assert kinds(found) == [kind]
    assert days(found) == [date(2026, 2, 9)]


def test_doubled_quotes_and_lines_within_a_share(tmp_path):
    words = '"He said ""yes"", twice\n\nand then, ""no"""'

    found = read(tmp_path, HEADER + share(7001, words=words) + share(7002, words="more"))

    assert kinds(found) == ["content_shared", "content_shared"]
    assert [act.line for act in acts(found)] == [2, 5]
    assert skipped(found) == []


def test_a_share_is_the_same_however_its_address_is_written(tmp_path):
    plain = share(7001, words="a").replace("%3A", ":").replace("www.", "")
    quoted = ",".join(f'"{cell}"' for cell in share(7001, words="edited").strip().split(","))

    expected = marks(read(tmp_path, HEADER + share(7001, words="a")))
    assert marks(read(tmp_path, HEADER + plain)) == expected
    assert marks(read(tmp_path, HEADER + quoted)) == expected


def test_an_instant_repost_is_passed_on(tmp_path):
    found = read(tmp_path, f"Date,Link\n2026-02-09 01:21:47,{UPDATE}urn:li:activity:7003")

    assert kinds(found) == ["content_reshared"]


@pytest.mark.parametrize("what", ["feed video", "document", "Feed Document"])
def test_a_video_or_a_document_is_told_by_prose(tmp_path, what):
    prose = f'"You uploaded a {what} on April 12, 2026 at 8:03 AM (GMT)"'

    found = read(tmp_path, f"Date/Time,Media Description,Media Link\n{prose},,https://media.example/v\n")

    assert kinds(found) == ["story_or_video_posted"]
    assert days(found) == [date(2026, 4, 12)]


def test_a_photo_is_no_video_whatever_it_is_called(tmp_path):
    prose = '"You uploaded a feed photo on April 12, 2026 at 8:03 AM (GMT)",my video,https://media.example/v'

    found = read(tmp_path, f"Date/Time,Media Description,Media Link\n{prose}\n")

    assert acts(found) == []
    assert skipped(found) == []


def test_a_video_whose_day_is_not_told_is_skipped(tmp_path):
    found = read(tmp_path, "Date/Time,Media Description,Media Link\nYou uploaded a video on a day,,\n")

    assert skipped(found) == [(2, "Date/Time", "no_day", "")]


def test_a_video_in_a_share_is_one_act(tmp_path):
    archive = {
        "Shares.csv": HEADER + share(7001, words="See", media="https://media.example/v?e=1"),
        "Rich_Media.csv": "Date/Time,Media Description,Media Link\n"
        '"You uploaded a feed video on February 9, 2026 at 1:21 AM (GMT)",,https://media.example/v?e=2\n',
    }

    assert kinds(read(tmp_path, archive)) == ["content_shared"]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2/9/2026 1:21", date(2026, 2, 9)),  # an American spreadsheet, as the other row shows
        ("09.02.2026 01:21", date(2026, 2, 9)),
        ("2026-02-09 01:21", date(2026, 2, 9)),
    ],
)
def test_a_spreadsheet_may_have_written_the_date(tmp_path, written, day):
    other = share(7002, when="2/13/2026 1:21")

    found = read(tmp_path, HEADER + share(7001, when=written) + other)

    assert days(found) == [day, date(2026, 2, 13)]
    assert marks(read(tmp_path, HEADER + share(7001))) <= marks(found)


def test_an_italian_spreadsheet_puts_the_day_first(tmp_path):
    text = HEADER + share(7001, when="09/02/2026 01:21") + share(7002, when="13/02/2026 01:21")

    assert days(read(tmp_path, text)) == [date(2026, 2, 9), date(2026, 2, 13)]


def test_where_nothing_tells_the_day_from_the_month_the_row_is_skipped(tmp_path):
    found = read(tmp_path, HEADER + share(7001, when="09/02/2026 01:21") + share(7002, when="3/3/2026 01:21"))

    assert skipped(found) == [(2, "Date", "day_or_month", "09/02/2026 01:21")]
    assert days(found) == [date(2026, 3, 3)]
