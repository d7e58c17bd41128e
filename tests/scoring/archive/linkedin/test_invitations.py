"""Invitations.csv, before and after it had addresses."""

from datetime import date

import pytest

from tests.scoring.archive.linkedin.archives import acts, days, kinds, marks, read, rows, skipped

BEFORE = """From,To,Sent At,Message,Direction
Ana Rossi,Nora Lindqvist,"1/29/26, 2:37 PM",,OUTGOING
Ana Rossi,Otto Brandt,"1/30/26, 12:05 AM","Shall we
meet?",OUTGOING
Eva Sand,Ana Rossi,"1/30/26, 9:00 AM",Hello,INCOMING
"""
AFTER = """From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl
Ana Rossi,Nora Lindqvist,"1/29/26, 2:37 PM",,OUTGOING,https://www.linkedin.com/in/ana,https://www.linkedin.com/in/nora
Ana Rossi,Otto Brandt,"1/30/26, 12:05 AM","Shall we meet?",OUTGOING,https://www.linkedin.com/in/ana,https://www.linkedin.com/in/otto
Eva Sand,Ana Rossi,"1/30/26, 9:00 AM",Hello,INCOMING,https://www.linkedin.com/in/eva,https://www.linkedin.com/in/ana
"""


@pytest.mark.parametrize("text", [BEFORE, AFTER])
def test_requests_that_were_sent_count_and_a_note_makes_them_personal(tmp_path, text):
    found = read(tmp_path, text)

    assert kinds(found) == ["connection_request_sent", "connection_request_personalised"]
    assert days(found) == [date(2026, 1, 29), date(2026, 1, 30)]
    assert rows(found) == {"Invitations.csv": 3}
    assert marks(found) == marks(read(tmp_path, BEFORE))


def test_the_link_is_that_of_whom_it_went_to(tmp_path):
    links = [act.link for act in acts(read(tmp_path, AFTER))]

    assert len(set(links)) == 2
    assert all(links)


def test_the_day_is_that_of_the_organisations_zone(tmp_path):
    text = BEFORE.replace("1/29/26, 2:37 PM", "1/29/26, 11:37 PM")

    assert days(read(tmp_path, text, zone="Europe/Warsaw"))[0] == date(2026, 1, 30)
    assert marks(read(tmp_path, text)) == marks(read(tmp_path, text.replace("1/29/26", "1/29/2026")))


@pytest.mark.parametrize("word", ["SIDEWAYS", ""])
def test_a_direction_that_is_not_known_is_skipped_and_told(tmp_path, word):
    found = read(tmp_path, BEFORE.replace("OUTGOING", word, 1))

    assert skipped(found) == [(2, "Direction", "unknown_direction", word)]
    assert kinds(found) == ["connection_request_personalised"]


def test_a_request_of_the_future_is_skipped(tmp_path):
    found = read(tmp_path, BEFORE.replace("1/29/26", "11/21/26"))

    assert skipped(found) == [(2, "Sent At", "future", "11/21/26, 2:37 PM")]


def test_the_order_of_the_columns_does_not_matter(tmp_path):
    turned = 'Direction,Message,Sent At,To,From\nOUTGOING,,"1/29/26, 2:37 PM",Nora Lindqvist,Ana Rossi\n'

    assert marks(read(tmp_path, turned)) <= marks(read(tmp_path, BEFORE))
