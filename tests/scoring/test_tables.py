"""A CSV file as it comes: from Excel, from Unix, broken."""

import io
from pathlib import Path

import pytest

from scoring import tables
from scoring.tables import Fault, Line, Table, Unreadable, guarded, unguarded, write_table


def read(path: Path, content: bytes) -> list[Line | Fault]:
    file = path / "table.csv"
    file.write_bytes(content)
    return list(Table(file, required=["a", "b"], optional=["c"]).lines())


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,2\n",
        b"\xef\xbb\xbfa,b\r\n1,2\r\n",
        b"a;b\n1;2",
        b'"a";"b"\r\n"1";"2"\r\n',
        b" A , B \n 1 , 2 \n\n,\n",
        b"\n\nb,a\n2,1\n",
        b"a,b\r1,2\r",
    ],
    ids=["plain", "byte order mark and CRLF", "semicolon", "quotes", "blanks", "other order", "CR"],
)
def test_many_ways_to_write_a_table_are_the_same_table(tmp_path, content):
    (line,) = read(tmp_path, content)

    assert line.cells == {"a": "1", "b": "2"}


def test_a_cell_may_hold_line_breaks_and_the_line_counted_is_the_first(tmp_path):
    first, second = read(tmp_path, b'a,b\n"one\ntwo",2\n3,4\n')

    assert (first.number, first.cells["a"]) == (2, "one\ntwo")
    assert second.number == 4


def test_a_row_that_does_not_fit_the_header_is_a_fault_and_the_next_is_read(tmp_path):
    short, nul, good = read(tmp_path, b"a,b\n1\n1,\0\n1,2\n")

    assert (short.line, short.column) == (2, "")
    assert nul.line == 3
    assert good.cells == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf\n \n", "The file is empty."),
        (b"a\n1\n", "The header lacks: b."),
        (b"a,b,a\n", "The header has more than once: a."),
        (b"a,b,d\n", "The header has unknown columns: d."),
        (b"a,b\n1,\xe9\n", "Line 2 is not UTF-8"),
        ("a,b\n1,2\n".encode("utf-16"), "Line 1 is not UTF-8"),
        (b'a,b\n1,"2\n3,4\n', "Line 2 cannot be read: a quotation mark is missing"),
        (b'a,b\n1,"2"3\n', "Line 2 cannot be read: a quotation mark is missing"),
        (b"x," * 400_000 + b"\n", "The header lacks: a, b."),
        (b"a,b," + b"x," * 400_000 + b"\n", "The header has more than once: x."),
        (b"a,b," + b"x," * 1_000_000 + b"\n", "Line 1 is too long to be a row."),
        (b"a,b\n" + b"1" * 1_100_000, "Line 2 is too long to be a row."),
        (b'a,b\n1,"' + b"\n" * 200_000, "Line 2 cannot be read"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path, content, sentence):
    with pytest.raises(Unreadable) as caught:
        read(tmp_path, content)

    assert sentence in str(caught.value)


@pytest.mark.parametrize("name", ["missing.csv", ""])
def test_a_file_that_cannot_be_opened_is_named(tmp_path, name):
    with pytest.raises(Unreadable) as caught:
        list(Table(tmp_path / name, required=["a"]).lines())

    assert str(tmp_path / name) in str(caught.value)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "'=1", "''@", "plain", "'plain", "", "'"])
def test_a_guarded_cell_comes_back_as_it_was(cell):
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(("=", "+", "-", "@"))


def test_a_value_is_shown_short_and_without_control_characters():
    assert tables.printable("\x1b[31m" + "x" * 80) == "�[31m" + "x" * 55 + "…"


def test_a_bare_carriage_return_does_not_end_a_written_row():
    out = io.StringIO()

    write_table(out, ["note", "end"], [["a\rb", "c"]])

    assert out.getvalue() == "note,end\na b,c\n"
