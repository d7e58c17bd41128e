"""The marks of acts stand for them in every era of the format, in every order of rows and every zone."""

import csv
import io
import random
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scoring.archive import linkedin
from scoring.archive.container import open_archive
from scoring.archive.found import Job
from scoring.archive.linkedin.names import first_letters, letters
from scoring.samples import linkedin as samples
from tests.scoring.archive.linkedin.archives import acts, marks, read
from tests.scoring.archive.reading import recipe


def told(found):
    return Counter((act.kind, act.day, act.mark) for act in acts(found))


def shuffled(content, seed):
    rows = list(csv.reader(io.StringIO(content.decode())))
    header = next((number for number, row in enumerate(rows) if len(row) > 1), 0)
    body = rows[header + 1 :]
    random.Random(seed).shuffle(body)
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([rows[header], *body])
    return out.getvalue()


@pytest.mark.parametrize("name", sorted({*samples.SINGLE} - {"Comments.csv"}))
def test_rows_may_come_in_any_order_and_quoted_otherwise(tmp_path, name):
    content = samples.single(recipe(), name=name).content

    before = read(tmp_path, content)

    assert told(read(tmp_path, shuffled(content, 3))) == told(before)


@pytest.mark.parametrize("era", samples.ERAS)
def test_all_eras_of_the_format_have_the_same_marks(tmp_path, era):
    path = tmp_path / "now"
    path.mkdir()
    newest = marks(read(path, samples.archive(recipe()).content))

    assert marks(read(tmp_path, samples.archive(recipe(), era=era).content)) == newest


@pytest.mark.parametrize("name", sorted({*samples.SINGLE} - {"messages.csv"}))
def test_another_zone_of_the_organisation_leaves_the_marks(tmp_path, name):
    content = samples.single(recipe(), name=name).content

    assert marks(read(tmp_path, content, zone="Pacific/Auckland")) == marks(read(tmp_path, content))


def test_another_key_has_other_marks(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(samples.archive(recipe()).content)
    found = []
    for key in (b"a" * 32, b"b" * 32):
        with open_archive(path) as archive:
            job = Job(path=str(path), key=key, zone="UTC", today=recipe().last)
            found.append(marks(list(linkedin.read(archive, job))))

    assert found[0]
    assert not found[0] & found[1]


@given(st.text(st.characters() | st.sampled_from("Łßﬁ\u0301 ,.'ǅ각ŒΣς"), max_size=30), st.integers(1, 6))
@example("a\u0301\u0323" * 9, 4)
@example("." * 20 + "abc", 3)
def test_the_first_letters_are_the_beginning_of_all_of_them(text, most):
    assert first_letters(text, most) == letters(text)[:most]
