"""`manage.py import_archive`: everything here and now, without a worker and without the cache."""

import io
import json
from datetime import datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from scoring import uploads
from scoring.models import Activity, Holding, Restatement, Score, Upload
from tests.moments import TODAY

CSV = (
    "Date,Link,Message\n2026-11-18 10:00:00,https://l.example/1,Hello\n2026-11-18 11:00:00,,Again\nnever,,\n"
)


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(datetime(2026, 11, 20, 12), tick=False):
        yield


@pytest.fixture
def said(tmp_path):
    def do(*arguments, text=CSV):
        file = tmp_path / "any name.csv"
        file.write_text(text, encoding="utf-8")
        out = io.StringIO()
        call_command("import_archive", str(file), *arguments, stdout=out)
        return out.getvalue()

    return do


def test_without_confirmation_it_only_tells(ana, said):
    told = said("--seller", "ana@example.com")

    assert "post: read: 2, new: 2" in told
    assert "Nothing was stored" in told
    assert not Activity.objects.exists()
    assert not Upload.objects.exists()
    assert list(uploads.folder().iterdir()) == []


def test_confirmed_it_counts_at_once(ana, said):
    told = json.loads(said("--seller", "ana@example.com", "--confirm", "--json"))

    assert told["taken_in"] is True
    assert told["skipped_count"] == 1
    assert Activity.objects.count() == 2
    assert Score.objects.of(ana.seller).get(day=TODAY).ssi == told["after"][-1][1]
    assert not Restatement.objects.exists()
    assert list(uploads.folder().iterdir()) == []


def test_json_is_one_document_without_a_word_of_the_file(ana, said):
    told = said("--seller", "ana@example.com", "--json")

    assert json.loads(told)["files"][0]["read"] == 2
    assert "Hello" not in told
    assert "l.example" not in told


def test_items_are_only_those_that_the_archive_shows(ana, said):
    with pytest.raises(CommandError, match="profile_photo"):
        said("--seller", "ana@example.com", "--confirm", "--items", "profile_photo")

    skills = "Name\n" + "".join(f"Skill {n}\n" for n in range(6))
    said("--seller", "ana@example.com", "--confirm", "--items", "profile_skills", text=skills)

    assert Holding.objects.get().kind.code == "profile_skills"


@pytest.mark.parametrize(
    ("arguments", "text", "message"),
    [
        (("--seller", "nobody@example.com"), CSV, "No seller"),
        (("--seller", "ana@example.com"), "what,is,this\n1,2,3\n", "no archive that is known"),
        ((), CSV, "Sales Navigator"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_no_file(ana, said, arguments, text, message):
    with pytest.raises(CommandError, match=message):
        said(*arguments, text=text)

    assert list(uploads.folder().iterdir()) == []
    assert not Upload.objects.exists()
