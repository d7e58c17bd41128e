"""Endorsements and recommendations, received and given."""

from datetime import date

import pytest

from scoring.archive.linkedin.files import RECOMMENDATIONS_GIVEN, RECOMMENDATIONS_RECEIVED
from tests.scoring.archive.linkedin.archives import acts, days, kinds, marks, read, rows, skipped

COLUMNS = (
    *("Endorsement Date", "Skill Name", "Endorser First Name", "Endorser Last Name"),
    *("Endorser Public Url", "Endorsement Status"),
)
RECEIVED = f"""{",".join(COLUMNS)}
2023/06/20 13:05:02 UTC,Selling,Nora,Lindqvist,www.linkedin.com/in/nora,ACCEPTED
2023/06/21 13:05:02 UTC,Selling,Otto,Brandt,www.linkedin.com/in/otto,PENDING
2023/06/22 13:05:02 UTC,Selling,Eva,Sand,www.linkedin.com/in/eva,HIDDEN
2023/06/23 13:05:02 UTC,Selling,Jan,Old,www.linkedin.com/in/jan,REJECTED
"""
WITHOUT_ADDRESS = """Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorsement Status
2023/06/20 13:05:02 UTC,Selling,Nora,Lindqvist,ACCEPTED
"""
RECOMMENDATIONS = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"


def test_only_accepted_endorsements_count(tmp_path):
    found = read(tmp_path, RECEIVED)

    assert kinds(found) == ["endorsement_received"]
    assert days(found) == [date(2023, 6, 20)]
    assert rows(found) == {"Endorsement_Received_Info.csv": 4}
    assert skipped(found) == []


def test_endorsements_have_the_same_marks_with_and_without_addresses(tmp_path):
    assert marks(read(tmp_path, RECEIVED)) == marks(read(tmp_path, WITHOUT_ADDRESS))
    assert acts(read(tmp_path, RECEIVED))[0].link
    assert not acts(read(tmp_path, WITHOUT_ADDRESS))[0].link


def test_endorsements_given_are_told_by_their_header(tmp_path):
    found = read(tmp_path, RECEIVED.replace("Endorser", "Endorsee"))

    assert kinds(found) == ["endorsement_given"]
    assert not marks(found) & marks(read(tmp_path, RECEIVED))


def test_a_status_that_is_not_known_is_skipped_and_told(tmp_path):
    found = read(tmp_path, RECEIVED.replace("ACCEPTED", "PONDERED"))

    assert skipped(found) == [(2, "Endorsement Status", "unknown_status", "PONDERED")]


@pytest.mark.parametrize("when", ["1/2/24", "2024-01-02", "02 Jan 2024", "01/02/24, 09:51 AM"])
@pytest.mark.parametrize(
    ("file", "kind"),
    [(RECOMMENDATIONS_RECEIVED, "recommendation_received"), (RECOMMENDATIONS_GIVEN, "recommendation_given")],
)
def test_recommendations_come_with_dates_in_any_of_the_known_forms(tmp_path, file, kind, when):
    text = RECOMMENDATIONS + f'Nora,Lindqvist,Fjordline,Buyer,"Fine, always","{when}",VISIBLE\n'

    found = read(tmp_path, {file.name: text})

    assert kinds(found) == [kind]
    assert days(found) == [date(2024, 1, 2)]


@pytest.mark.parametrize(
    ("status", "told"), [("HIDDEN", []), ("VAGUE", [(2, "Status", "unknown_status", "VAGUE")])]
)
def test_a_recommendation_that_is_not_visible_is_no_act(tmp_path, status, told):
    text = RECOMMENDATIONS + f"Nora,Lindqvist,Fjordline,Buyer,Fine,2024-01-02,{status}\n"

    found = read(tmp_path, {"Recommendations_Received.csv": text})

    assert acts(found) == []
    assert skipped(found) == told


def test_a_date_of_another_century_is_too_early(tmp_path):
    text = RECOMMENDATIONS + "Nora,Lindqvist,Fjordline,Buyer,Fine,22 Mar 1833,VISIBLE\n"

    found = read(tmp_path, {"Recommendations_Received.csv": text})

    assert skipped(found) == [(2, "Creation Date", "too_early", "22 Mar 1833")]


def test_of_a_lone_file_nobody_can_tell_whose_praise_it_is(tmp_path):
    text = RECOMMENDATIONS + "Nora,Lindqvist,Fjordline,Buyer,Fine,2024-01-02,VISIBLE\n"

    assert skipped(read(tmp_path, text)) == [(0, "", "which_recommendations", "")]
