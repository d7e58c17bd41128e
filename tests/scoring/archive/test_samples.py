"""Every format and era of the sample archives, read by the real readers: exactly the acts that went in."""

import datetime
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from scoring.archive.found import Skipped
from scoring.samples import linkedin
from scoring.samples.draft import Draft
from scoring.samples.formats import FORMATS
from scoring.samples.linkedin import contacts
from scoring.samples.linkedin.export import Export
from tests.scoring.archive.reading import (
    LAST,
    acts,
    difference,
    items,
    marks,
    networks,
    read,
    recipe,
    sample,
    skipped,
)

NOTHING = {"missing": Counter(), "too many": Counter()}
UNMARKED = {"activities-csv", "activities-xlsx"}  # their rows go by their content
LATER = LAST + datetime.timedelta(days=10)


@pytest.mark.parametrize("name", FORMATS)
def test_the_acts_that_went_in_come_out(name, tmp_path):
    made = sample(name)

    found = read(made.content, tmp_path)

    assert difference(made, found) == NOTHING
    assert items(found) == made.items
    assert skipped(found) == made.skipped
    assert networks(found) <= {made.network}


@pytest.mark.parametrize("name", ["facebook", "facebook-older"])
def test_searches_are_taken_from_who_asks_for_it(name, tmp_path):
    made = sample(name)

    found = read(made.content, tmp_path, opted_in=["people_search"])

    assert made.optional
    assert acts(found) == made.acts + made.optional


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_recipe_makes_the_same_archive(name):
    assert FORMATS[name](recipe()) == sample(name)
    assert FORMATS[name](recipe(seed=2)).content != sample(name).content


@pytest.mark.parametrize("name", sorted({*FORMATS} - UNMARKED))
def test_a_later_archive_has_the_marks_of_an_earlier_one(name, tmp_path):
    earlier, later = sample(name), sample(name, LATER)

    before = marks(read(earlier.content, tmp_path))
    after = marks(read(later.content, tmp_path, today=LATER))

    assert not before - after
    assert (after - before).total() == (later.acts - earlier.acts).total()


@pytest.mark.parametrize(
    ("name", "other"),
    [
        *((f"linkedin-complete-{era}", "linkedin") for era in linkedin.ERAS),
        ("linkedin-numbered", "linkedin"),
        ("linkedin-connections-resaved", "linkedin-connections"),
        ("x-older", "x"),
        ("facebook-before", "facebook"),
        ("facebook-older", "facebook"),
        ("instagram-older", "instagram"),
    ],
)
def test_an_act_has_one_mark_in_every_era(name, other, tmp_path):
    one = marks(read(sample(name).content, tmp_path))
    two = marks(read(sample(other).content, tmp_path))

    assert one == two


@pytest.mark.parametrize("name", [f"linkedin-{part}" for part in ("connections", "messages", "shares")])
def test_a_single_table_has_the_marks_of_the_whole_archive(name, tmp_path):
    one = marks(read(sample(name).content, tmp_path))
    whole = marks(read(sample("linkedin").content, tmp_path))

    assert one
    assert not one - whole


@pytest.mark.parametrize("name", sorted({*FORMATS} - UNMARKED))
def test_another_key_makes_other_marks(name, tmp_path):
    content = sample(name).content

    assert not marks(read(content, tmp_path)) & marks(read(content, tmp_path, key=b"other" * 7))


def test_a_busier_owner_has_more_acts():
    calm, busy = sample("linkedin"), FORMATS["linkedin"](recipe(level=5.0))

    assert busy.acts.total() > 4 * calm.acts.total()


def test_the_command_writes_an_archive(tmp_path, capsys):
    to = tmp_path / "archive.zip"

    call_command("sample_archive", "x", "--to", str(to), "--days", "30", "--seed", "7")

    assert to.read_bytes().startswith(b"PK")
    assert str(to) in capsys.readouterr().out


@pytest.mark.parametrize("more", [["--days", "0"], ["--days", "5000"], ["--level", "-1"]])
def test_the_command_takes_no_nonsense(more, tmp_path):
    with pytest.raises(CommandError):
        call_command("sample_archive", "x", "--to", str(tmp_path / "archive.zip"), *more)

    assert not [*tmp_path.iterdir()]


def test_the_command_says_when_it_cannot_write(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("sample_archive", "x", "--to", str(tmp_path / "no" / "archive.zip"))


@pytest.mark.parametrize("make", [contacts.recommendations_received, contacts.recommendations_given])
def test_recommendations_alone_do_not_say_whose_they_are(make, tmp_path):
    export = Export(Draft(recipe(), "alone"), linkedin.ERAS["2026"])

    found = read(make(export).written(), tmp_path)

    assert not acts(found)
    assert [one.reason for one in found if isinstance(one, Skipped)] == ["which_recommendations"]
