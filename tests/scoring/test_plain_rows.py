"""What is read quickly is read as the judge reads it; what the judge refuses is not read quickly."""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scoring.formula.catalogue import NETWORKS
from scoring.plain_rows import PlainRows, is_plain_link
from scoring.rows import HEADER, RowReader
from scoring.tables import Line, unguarded

TODAY = date(2026, 3, 20)

odd = st.text(st.sampled_from(" '=+-@\0\t\nАżA1/?#.:[]"), max_size=6)
sites = st.sampled_from(
    [
        "https://example.com",
        "http://a.b",
        "https://user:x@example.com:80",
        "https://[::1]",
        "https://ü.example",
        "http://",
        "https://-a.example",
        "HTTPS://example.com",
        "https://example",
        "ftp://example.com",
        "",
    ]
)
links = st.builds("{}{}{}".format, sites, st.sampled_from(["", "/", "?", "#", "/p?q=1#f"]), odd)


def cell(*usual: str):
    return st.sampled_from(usual) | odd | st.sampled_from(usual).flatmap(lambda text: odd.map(text.__add__))


records = st.tuples(
    cell("ana@example.com", "ANA@example.com", "'=ada@example.com", "nobody@example.com"),
    cell("comment_posted", "profile_photo", "people_search", "People_search", ""),
    cell("2026-03-02", "2026-03-20", "2026-03-21", "1990-01-01", "1989-12-31", "2026-02-29", ""),
    cell("", "2026-03-05"),
    cell("", "1", "1000", "1001", "0", "007", "²"),
    cell("", *NETWORKS, "LinkedIn", "myspace"),
    links | st.just("https://example.com/" + "x" * 490),
    cell("", "Met at the fair", "x" * 501),
)


@pytest.fixture
def reader(ana, ada) -> RowReader:
    ada.email = "'=ada@example.com"
    ada.save()
    return RowReader(today=TODAY)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=records)
@example(
    record=("ana@example.com", "people_search", "2026-03-02", "", "2", "x", "https://example.com/p", "n")
)
def test_what_is_read_quickly_is_what_the_judge_reads(reader, record):
    quick = PlainRows(sellers=reader.sellers, kinds=reader.kinds, today=TODAY).reader(HEADER)(list(record))

    cells = [unguarded(text.strip()) for text in record]
    if quick is not None:
        assert not any("\0" in text for text in cells)
        assert quick == reader.read(Line(2, dict(zip(HEADER, cells, strict=True))))


def test_the_usual_row_is_read_quickly_and_others_are_left(reader):
    read = PlainRows(sellers=reader.sellers, kinds=reader.kinds, today=TODAY).reader(
        ("day", "seller", "kind")
    )

    assert read(["2026-03-02", "ana@example.com", "people_search"]) is not None
    assert read(["2026-03-02", "ana@example.com"]) is None
    assert read(["2026-03-02", "ana@example.com", "people_search", ""]) is None
    assert read(["2026-03-02", "ana@example.com", "profile_photo"]) is None


@pytest.mark.parametrize(
    ("link", "is_plain"),
    [
        ("", True),
        ("https://example.com", True),
        ("https://example.com/a?b#c", True),
        ("https://example.com/a b", False),
        ("https://exam ple.com/", False),
        ("https://", False),
        ("https://example.com/" + "x" * 481, False),
    ],
)
def test_a_plain_link(link, is_plain):
    assert is_plain_link(link) is is_plain
