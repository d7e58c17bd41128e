"""Tables in every way in which networks, spreadsheets and accidents write them."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.archive import records
from scoring.archive.broken import Broken
from scoring.archive.delimited import Row, plain_name, possible_headers, read_table
from scoring.archive.found import Skipped

HEADER = "Date,Link,Message\n"


def table(content, *, required=("date",), backslash=False):
    if isinstance(content, str):
        content = content.encode()
    return read_table(io.BytesIO(content), file="Comments.csv", required=required, backslash=backslash)


def messages(content, **more):
    """The last cell of every row, and the reason of what is none."""
    return [
        row.reason if isinstance(row, Skipped) else row.cells["message"] for row in table(content, **more)
    ]


def breakage(content, **more):
    with pytest.raises(Broken) as broken:
        list(table(content, **more))
    return broken.value.code


def test_rows_are_given_by_the_plain_names_of_their_columns():
    read = table("First Name,E_mail Address,Connected On\nAda, a@b.c ,08 Feb 2026", required=())

    assert read.columns == ["First Name", "E_mail Address", "Connected On"]
    assert list(read) == [Row(2, {"firstname": "Ada", "emailaddress": "a@b.c", "connectedon": "08 Feb 2026"})]
    assert read.rows == 1
    assert read.has("firstname", "connectedon")
    assert not read.has("firstname", "url")


@pytest.mark.parametrize(
    "name", ["Connected On", "connected_on", "\ufeffCONNECTED  ON", "Connected\u00a0On "]
)
def test_names_are_compared_without_case_and_spaces(name):
    assert plain_name(name) == "connectedon"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('d,l,"He said ""yes"", and left"', 'He said "yes", and left'),
        ('d,l,"He said \\"yes\\", and left"', 'He said "yes", and left'),
        ('d,l,He said "yes" and left', 'He said "yes" and left'),
        ('d,l,"yes" he said', "yes he said"),
        ('d,l,"in C:\\new\\"', "in C:\\new\\"),
        ('d,l,"over\nseveral\r\n\nlines"', "over\nseveral\r\n\nlines"),
        ('d,l,"\\""', '"'),
        ('d,l,""""', '"'),
        ('d,l,""', ""),
        ('"d","l","m"', "m"),
        ("d,l,it's 5\\\" long", "it's 5\\\" long"),
    ],
)
@pytest.mark.parametrize("after", ["", "\n", "\r\n"])
def test_quotes_are_understood_however_they_are_written(line, message, after):
    read = messages(f"{HEADER}{line}{after}{after and 'd,l,next'}")

    assert read == [message, "next"] if after else [message]


@pytest.mark.parametrize("backslash", [False, True])
def test_one_file_may_mix_ways_of_quoting(backslash):
    rows = ['d,l,"a ""b"" c"', 'd,l,"a \\"b\\" c"', 'd,l,"a \\"b\\", c"', 'd,l,a "b" c', 'd,l,"a ""b"", c"']

    read = messages(HEADER + "\n".join(rows * 3), backslash=backslash)

    assert read == ['a "b" c', 'a "b" c', 'a "b", c', 'a "b" c', 'a "b", c'] * 3


def test_the_lines_are_those_on_which_rows_begin():
    read = table('Date,Message\n"2026","a\nb\n\nc"\n\n2026,d\n2026\n2026,"e"')

    assert [row.line for row in read] == [2, 7, 8, 9]


def test_a_quote_that_never_ends_swallows_no_other_row():
    read = messages(HEADER + 'd,l,"never ends\nd,l,next\nd,l,last')

    assert read == ["never ends", "next", "last"]


def test_quotes_that_never_end_are_not_looked_for_again_and_again(monkeypatch):
    monkeypatch.setattr(records, "MOST_AGAIN", 100_000)
    rows = ['d,l,"""'] + ["x" * 99] * 5_000 + ['d,l,"""x']

    assert breakage(HEADER + "\n".join(rows * 5)) == "quotes"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_those_of_the_file(delimiter, end):
    lines = ["Date,Link,Message", "d,l,one", 'd,l,"two"', "d,l,three"]

    assert messages(end.join(lines).replace(",", delimiter)) == ["one", "two", "three"]


def test_line_ends_may_be_mixed():
    assert messages("Date,Link,Message\r\nd,l,one\nd,l,two\rd,l,three\r\n") == ["one", "two", "three"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250"])
def test_the_encoding_is_found_out(encoding):
    content = (HEADER + "d,l,Zażółć gęślą jaźń\nd,l,Cześć").encode(encoding)

    assert messages(content) == ["Zażółć gęślą jaźń", "Cześć"]


def test_a_line_that_is_not_utf_8_does_not_spoil_the_others():
    content = (
        HEADER.encode() + "d,l,jaźń\n".encode() + "d,l,jaźń\n".encode("cp1250") + b"d,l,\xed\xa0\x80\x81"
    )

    assert messages(content) == ["jaźń", "jaźń", "í\u00a0€\N{REPLACEMENT CHARACTER}"]


def test_a_row_with_nul_is_skipped():
    assert messages(HEADER + "d,l,a\0b\nd,l,next\n\0,l,c") == ["nul", "next", "nul"]


def test_rows_of_another_width_are_skipped():
    read = messages(HEADER + "d,l\nd,l,m,more\nd,l,right,,\nd\n")

    assert read == ["width", "width", "right", "width"]


@pytest.mark.parametrize("blank", ["", "\n\n", ",,\n", '"","",""\n', " , ,\n", "\r\n"])
def test_rows_without_anything_are_passed_over(blank):
    read = table(f"{HEADER}{blank}d,l,m\n{blank}")

    assert [row.cells["message"] for row in read] == ["m"]
    assert read.rows == 1


def test_a_header_of_another_order_is_as_good():
    assert messages("Message,Date,Link\nm,d,l") == ["m"]


def test_of_columns_of_one_name_the_first_counts():
    assert list(table("Date,Type,Type\n2026,first,second")) == [Row(2, {"date": "2026", "type": "first"})]


def test_a_comma_too_many_in_the_header_is_no_column():
    read = table("Date,Message,\n2026,m,\n2026,n\n2026,o,p")

    assert read.columns == ["Date", "Message"]
    assert [getattr(row, "reason", "") for row in read] == ["", "", "width"]


PREAMBLES = [
    "",
    "\n\n",
    'Notes:\n"When exporting your connection data, you may notice, that ... https://example.com"\n\n',
    '\ufeffNotes:\r\n"When exporting\r\nyour data"\r\n\r\n',
    'Notes:,,\n"When ""exporting""",,\n,,\n',
    "sep=,\n",
]


@pytest.mark.parametrize("preamble", PREAMBLES)
def test_what_stands_before_the_header_is_passed_over(preamble):
    assert messages(preamble + HEADER + "d,l,m") == ["m"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n",
        "Name\nAda",
        "No conversations found",
        "\0" * 1000,
        "x" * 3_000_000,
        "\n" * 30 + HEADER,
        "\ufeff",
    ],
)
def test_a_file_without_the_columns_is_broken(content):
    assert breakage(content) == "no_header"


def test_a_table_without_any_header_is_asked_for_nothing():
    assert table("a;b\n1;2", required=()).columns == ["a", "b"]


def test_columns_without_end_are_refused():
    assert breakage("Date" + ",x" * 200) == "too_many_columns"
    assert breakage("Date" + "," * 1_000_001) == "no_header"
    assert messages(HEADER + "d" + ",x" * 400_000 + "\nd,l,next") == ["width", "next"]


def test_a_cell_without_end_is_one_skipped_row():
    read = messages(f"{HEADER}d,l,{'x' * 5_000_000}\nd,l,next")

    assert read == ["too_long", "next"]


def test_a_quoted_cell_without_end_is_skipped_and_what_follows_is_read():
    read = messages(f'{HEADER}d,l,"{"x" * 5_000_000}"\nd,l,"next"')

    assert read == ["too_long", "next"]


def test_a_quoted_cell_of_many_lines_without_end_swallows_no_other_row():
    read = messages(HEADER + 'd,l,"' + "xxxxxxxxx\n" * 150_000 + '"\nd,l,next')

    assert read[0] == "xxxxxxxxx"
    assert set(read[1:-1]) == {"width"}
    assert read[-1] == "next"


def test_a_cell_may_be_as_long_as_a_long_message():
    assert messages(f'{HEADER}d,l,"{"word " * 150_000}end"')[0].endswith("word end")


def test_what_breaks_while_it_is_read_says_where():
    class Breaking(io.RawIOBase):
        left = 3

        def readable(self):
            return True

        def readinto(self, buffer):
            self.left -= 1
            if not self.left:
                raise Broken("damaged")
            some = (HEADER if self.left == 2 else "d,l,m\nd,l,n\n").encode()
            buffer[: len(some)] = some
            return len(some)

    read = iter(read_table(Breaking(), file="Comments.csv", required=("date",)))
    next(read)

    with pytest.raises(Broken) as broken:
        list(read)

    assert (broken.value.code, broken.value.line) == ("damaged", 3)


def test_possible_headers_tell_what_a_file_is():
    content = 'Notes:\n"When, exporting"\n\nFirst Name;Connected On\nAda;08 Feb 2026'

    assert {"firstname", "connectedon"} in possible_headers(io.BytesIO(content.encode()))


PIECES = st.sampled_from(
    ['"', '""', "\\", ",", ";", "\n", "\r\n", "\r", "\0", "a", "ą", " ", '\\"', '",', '"\n']
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.booleans())
def test_whatever_stands_below_a_header_becomes_rows_or_skipped_rows(text, backslash):
    read = table(f"Date,Message\n{text}", backslash=backslash)

    found = list(read)

    assert len(found) == read.rows
    assert [one.line for one in found] == sorted({one.line for one in found})
    assert all(set(one.cells) == {"date", "message"} for one in found if isinstance(one, Row))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_whatever_bytes_there_are_they_are_a_table_or_a_broken_file(content):
    try:
        read = list(table(content, required=()))
    except Broken as error:
        read = [Skipped("Comments.csv", error.line, "", error.code)]

    assert all(isinstance(one, Row | Skipped) for one in read)


CELLS = st.text(st.characters(exclude_characters="\0\\", exclude_categories=["Cs"]), max_size=15)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_what_a_proper_program_writes_is_read_as_it_was_meant(rows, delimiter):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["Date", "Message"])
    writer.writerows(rows)

    read = [(row.cells["date"], row.cells["message"]) for row in table(out.getvalue())]

    assert read == [(a.strip(), b.strip()) for a, b in rows if a.strip() or b.strip()]
