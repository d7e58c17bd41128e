"""Plain tables of activities, as CSV and as workbooks."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from scoring.archive.found import FileRead, Refused, Skipped, TableRow
from scoring.archive.plain import COLUMNS
from scoring.rows import HEADER as TAKEN
from scoring.samples.packing import resaved, table, zipped
from tests.scoring.archive.reading import read

HEADER = ("kind", "day", "quantity", "network", "link", "note")
ROW = ("message_sent", "2026-03-03", "2", "x", "https://site.example/1", "a note")
CELLS = dict(zip(HEADER, ROW, strict=True))


def workbook(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows(found):
    return [(one.line, one.cells) for one in found if isinstance(one, TableRow)]


def skips(found):
    return [(one.line, one.reason) for one in found if isinstance(one, Skipped)]


def test_the_columns_are_those_of_the_command():
    assert COLUMNS == TAKEN


@pytest.mark.parametrize(
    "content",
    [
        table(HEADER, [ROW]),
        table([name.title() for name in HEADER], [ROW], delimiter=";", last_end=False),
        resaved(HEADER, [ROW], delimiter=";"),
        table(HEADER, [ROW], delimiter="\t").decode().encode("utf-16"),
        table(HEADER, [ROW], quoted=True, end="\r\n"),
        workbook([list(HEADER), list(ROW)]),
        workbook([["words"], []], [list(HEADER), list(ROW)]),
    ],
)
def test_a_row_comes_as_it_stands_there(content, tmp_path):
    found = read(content, tmp_path)

    assert rows(found) == [(2, CELLS)]
    assert [one.rows for one in found if isinstance(one, FileRead)][-1] >= 1
    assert not skips(found)


def test_a_seller_may_be_named(tmp_path):
    found = read(table(("seller", *HEADER), [("zofia@firm.example", *ROW)]), tmp_path)

    assert rows(found) == [(2, {"seller": "zofia@firm.example", **CELLS})]


def test_cells_of_a_workbook_become_text(tmp_path):
    day = date(2026, 3, 3)
    lines = [
        list(HEADER),
        ["message_sent", day, 2, "x", None, True],
        ["message_sent", datetime(2026, 3, 3, 23, 59), 2.0, "x", "", 0.5],
        [None, None, None, None, None, None],
        ["message_sent", "2026-03-03", "2", "x", None, time(9, 30)],
    ]

    found = read(workbook(lines), tmp_path)

    known = {"kind": "message_sent", "day": "2026-03-03", "quantity": "2", "network": "x", "link": ""}
    assert rows(found) == [
        (2, {**known, "note": "TRUE"}),
        (3, {**known, "note": "0.5"}),
        (5, {**known, "note": "09:30:00"}),
    ]


def test_a_formula_is_what_it_came_to(tmp_path):
    found = read(workbook([list(HEADER), ["message_sent", "2026-03-03", "=1+1", "x", "", ""]]), tmp_path)

    assert rows(found) == [
        (2, {**CELLS, "quantity": "", "link": "", "note": ""})
    ]  # nobody has computed it yet


def test_rows_of_another_width_are_skipped(tmp_path):
    text = table(HEADER, [ROW, (*ROW, "more"), ROW[:3]])
    book = workbook([list(HEADER), list(ROW), [*ROW, "more"]])

    assert skips(read(text, tmp_path)) == [(3, "width"), (4, "width")]
    assert skips(read(book, tmp_path)) == [(3, "width")]


@pytest.mark.parametrize("header", [(*HEADER, "mood"), (*HEADER, "day"), ("", *HEADER)])
def test_strange_columns_are_refused_with_the_names_of_the_known(header, tmp_path):
    row = ["1"] * len(header)

    for content in (table(header, [row]), workbook([list(header), list(row)])):
        with pytest.raises(Refused, match="strange_columns") as refused:
            read(content, tmp_path)
        assert "kind" in str(refused.value.facts["columns"])


def test_a_table_without_days_is_not_known(tmp_path):
    with pytest.raises(Refused, match="unknown"):
        read(table(("kind", "when"), [("message_sent", "2026-03-03")]), tmp_path)


def test_a_workbook_without_a_header_is_told(tmp_path):
    found = read(workbook([["words", "more"]], []), tmp_path)

    assert not rows(found)
    assert skips(found) == [(0, "no_header")]


def test_a_cell_that_is_too_long_is_skipped(tmp_path):
    words = " ".join(map(str, range(200_000)))

    found = read(
        _with_sheet(workbook([list(HEADER), list(ROW)]), ("<t>a note</t>", f"<t>{words}</t>")), tmp_path
    )

    assert skips(found) == [(2, "too_long")]


@pytest.mark.parametrize(
    "change",
    [
        ("<sheetData>", "<sheetData><row"),
        ('r="A2"', 'r="XFE99999999"'),
        ('r="2"', 'r="two"'),
        ("</worksheet>", ""),
        ("<t>2</t>", "<t>2</t><v>9</v>"),
        ('t="inlineStr"', 't="s"'),
        ('t="inlineStr"', 't="d"'),
        ("<worksheet ", '<!DOCTYPE worksheet [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><worksheet '),
    ],
)
def test_a_damaged_workbook_never_breaks_the_reader(change, tmp_path):
    found = read(_with_sheet(workbook([list(HEADER), list(ROW)]), change), tmp_path)

    assert len(rows(found)) <= 1


def test_rows_far_down_cost_nothing(tmp_path):
    content = workbook([list(HEADER), list(ROW)])

    found = read(_with_sheet(content, ('<row r="2"', '<row r="4000000000"')), tmp_path)

    assert rows(found) == []


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path):
    content = _with_sheet(
        workbook([list(HEADER), list(ROW)]), ("</worksheet>", "</worksheet>" + " " * 8_000_000)
    )

    with pytest.raises(Refused, match="bomb"):
        read(content, tmp_path)


def _with_sheet(content: bytes, change: tuple[str, str]) -> bytes:
    """Change a text in the sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        members = {name: book.read(name) for name in book.namelist()}
    before = members["xl/worksheets/sheet1.xml"].decode()
    assert change[0] in before
    return zipped({**members, "xl/worksheets/sheet1.xml": before.replace(*change).encode()})
