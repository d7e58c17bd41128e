"""Comments, reactions, votes and saved items."""

from datetime import date

import pytest

from tests.scoring.archive.linkedin.archives import acts, days, kinds, marks, read, rows, skipped

UPDATE = "https://www.linkedin.com/feed/update/"
POST = f"{UPDATE}urn%3Ali%3Aactivity%3A7100"
COMMENTS = "Date,Link,Message\n"


def test_backslashes_before_quotes_and_lines_within_a_comment(tmp_path):
    text = (
        COMMENTS + f'2026-02-09 01:21:47,{POST},"She said \\"yes\\", then\n\nleft"\n'
        f'2026-02-10 01:21:47,{POST},"a backslash at the end \\\\"\n'
        f'2026-02-11 01:21:47,{POST},say "hello" to them\n'
        f"2026-02-12 01:21:47,{POST},the last without a line end"
    )

    found = read(tmp_path, text)

    assert days(found) == [date(2026, 2, day) for day in (9, 10, 11, 12)]
    assert [act.line for act in acts(found)] == [2, 5, 6, 7]
    assert skipped(found) == []


def test_two_comments_on_one_post_are_two_acts(tmp_path):
    text = COMMENTS + f"2026-02-09 01:21:47,{POST},First\n2026-02-09 01:21:59,{POST},Second\n"

    assert [*marks(read(tmp_path, text)).values()] == [1, 1]


def test_a_comment_is_the_same_however_it_is_quoted_and_its_post_is_written(tmp_path):
    backslash = COMMENTS + f'2026-02-09 01:21:47,{POST},"So ""they"" said"\n'
    doubled = COMMENTS + f'2026-02-09 01:21:47,{POST},"So \\"they\\" said"\n'
    bare = COMMENTS + f'2026-02-09 01:21:47,{UPDATE}urn:li:activity:7100,So "they" said\n'
    quoted = '"Date","Link","Message"\r\n' + f'"2026-02-09 01:21:47","{POST}/","So ""they"" said"\r\n'

    assert len({str(marks(read(tmp_path, text))) for text in (backslash, doubled, bare, quoted)}) == 1


def test_what_is_mended_at_the_end_of_a_long_comment_makes_no_new_one(tmp_path):
    long = "What a fine piece of work, which I have read three times by now"
    before = COMMENTS + f"2026-02-09 01:21:47,{POST},{long}\n"

    assert marks(read(tmp_path, before)) == marks(
        read(tmp_path, before.replace("by now", "by now!!! Edited"))
    )


@pytest.mark.parametrize(
    "link", [f"{UPDATE}urn%3Ali%3Ashare%3A7001", f"{UPDATE}urn:li:ugcPost:7001?commentUrn=1"]
)
def test_a_comment_on_an_own_post_is_a_reply(tmp_path, link):
    archive = {
        "Shares.csv": "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
        f"2026-02-08 01:21:47,{UPDATE}urn%3Ali%3Ashare%3A7001,Mine,,,\n",
        "Comments.csv": COMMENTS + f"2026-02-09 01:21:47,{link},Thanks\n2026-02-09 01:22:47,{POST},Nice\n",
    }

    assert kinds(read(tmp_path, archive)) == ["content_shared", "comment_replied", "comment_posted"]


def test_a_comment_without_a_date_is_skipped(tmp_path):
    found = read(tmp_path, COMMENTS + f",{POST},When was it\n")

    assert skipped(found) == [(2, "Date", "no_day", "")]
    assert rows(found) == {"Comments.csv": 1}


@pytest.mark.parametrize(
    "text",
    [
        f"Date,Type,Link\n2026-02-09 01:21:47,LIKE,{POST}\n2026-02-10 01:21:47,PRAISE,{POST}\n",
        f"Date,Link,Type\n2026-02-09 01:21:47,{POST},LIKE\n2026-02-10 01:21:47,{POST},PRAISE\n",
    ],
)
def test_reactions_go_by_the_names_of_their_columns(tmp_path, text):
    found = read(tmp_path, text)

    assert kinds(found) == ["post_recommended"] * 2
    assert days(found) == [date(2026, 2, 9), date(2026, 2, 10)]


def test_a_reaction_of_an_unknown_type_is_skipped_and_told(tmp_path):
    found = read(tmp_path, f"Date,Type,Link\n2026-02-09 01:21:47,WOBBLE,{POST}\n")

    assert skipped(found) == [(2, "Type", "unknown_type", "WOBBLE")]


def test_another_kind_of_reaction_is_the_same_act(tmp_path):
    text = f"Date,Type,Link\n2026-02-09 01:21:47,LIKE,{POST}\n"

    assert marks(read(tmp_path, text)) == marks(read(tmp_path, text.replace("LIKE", "EMPATHY")))


def test_a_vote_recommends_a_post(tmp_path):
    found = read(tmp_path, f"Date,Link,OptionText\n2026-02-09 01:21:47,{POST},Yes\n")

    assert kinds(found) == ["post_recommended"]


@pytest.mark.parametrize("header", ["savedItem,CreatedTime", "savedItem,createdTime"])
@pytest.mark.parametrize(
    "when", ["2026-02-09 01:21:47", "2026/02/09 01:21:47 UTC", "Mon Feb 09 01:21:47 UTC 2026"]
)
def test_saved_items_are_insights_in_any_plausible_form(tmp_path, header, when):
    found = read(tmp_path, f"{header}\nurn:li:activity:7100,{when}\n")
    address = read(tmp_path, f"{header}\n{POST},{when}\n")

    assert kinds(found) == ["insight_saved"]
    assert days(found) == [date(2026, 2, 9)]
    assert marks(found) == marks(address)
