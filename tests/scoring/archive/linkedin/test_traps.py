"""What spreadsheets and eras do to a file of LinkedIn, and what may never leave the reading process."""

import pytest

from scoring.archive import wire
from scoring.archive.found import FileRead
from scoring.samples import linkedin as samples
from tests.scoring.archive.linkedin.archives import acts, marks, read, rows, skipped
from tests.scoring.archive.reading import recipe

CONNECTION = "Nora,Lindqvist,https://www.linkedin.com/in/nora,,Fjordline,Buyer,08 Feb 2026\n"
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
PLAIN = HEADER + CONNECTION
PREAMBLES = {
    "one line": 'Notes:\n"When exporting your connection data, see https://help.example"\n\n',
    "two lines": 'Notes:\n"When exporting your connection data,\nsee ""help"" at https://h.ex"\n\n',
    "a mark before": '\ufeffNotes:\r\n"When exporting your connection data, see https://h.example"\r\n\r\n',
    "padded by a spreadsheet": 'Notes:,,,,,,\n"When exporting your connection data, look",,,,,,\n,,,,,,\n',
    "quoted": '"Notes:"\n"When exporting your connection data, see https://help.example"\n""\n',
}


@pytest.mark.parametrize("preamble", PREAMBLES)
def test_notes_before_the_header_are_passed_over(tmp_path, preamble):
    found = read(tmp_path, PREAMBLES[preamble] + PLAIN)

    assert marks(found) == marks(read(tmp_path, PLAIN))
    assert rows(found) == {"Connections.csv": 1}
    assert skipped(found) == []


def test_a_header_and_rows_that_are_all_quoted(tmp_path):
    quoted = "\r\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in PLAIN.splitlines())

    assert marks(read(tmp_path, quoted)) == marks(read(tmp_path, PLAIN))


def test_mixed_line_ends_and_none_after_the_last_row(tmp_path):
    text = HEADER.replace("\n", "\r\n") + CONNECTION + CONNECTION.strip()

    assert [*marks(read(tmp_path, text)).values()] == [2]


def test_columns_in_another_order_and_one_more(tmp_path):
    text = "Connected On,Colour,Last Name,First Name\n08 Feb 2026,red,Lindqvist,Nora\n"

    assert marks(read(tmp_path, text)) == marks(read(tmp_path, PLAIN))


def test_a_field_of_many_megabytes_costs_its_row_alone(tmp_path):
    found = read(tmp_path, f"{HEADER}{'x' * 3_000_000},,,,,,08 Feb 2026\n{CONNECTION}")

    assert len(acts(found)) == 1
    assert [reason for _line, _column, reason, _value in skipped(found)] == ["too_long"]


def test_a_nul_costs_its_row_alone(tmp_path):
    found = read(tmp_path, PLAIN + CONNECTION.replace("Buyer", "Bu\0yer"))

    assert len(acts(found)) == 1
    assert skipped(found) == [(3, "", "nul", "")]


@pytest.mark.parametrize("era", samples.ERAS)
def test_no_text_name_or_address_leaves(tmp_path, era):
    sentinel = "Zzyzx Quarrel"
    content = samples.archive(recipe(text=lambda _field: sentinel), era=era).content

    found = read(tmp_path, content)

    told = wire.line_of([wire.told(one) for one in found]).decode().casefold()
    assert len(acts(found)) > 100
    assert "zzyzx" not in told
    assert "quarrel" not in told
    assert "http" not in told


def test_a_text_that_slipped_into_another_column_does_not_leave(tmp_path):
    text = (
        "Date,Status,FullName\nNora Lindqvist,Active,x\n2026-01-01,Nora Lindqvist,x\n"
        "a secret told to me in the 3rd person by Nora Lindqvist of Fjordline in Oslo,Active,x\n"
    )

    found = read(tmp_path, text)

    assert len(skipped(found)) == 3
    assert "Nora" not in repr(found)


def test_every_file_says_how_many_rows_it_had(tmp_path):
    found = read(tmp_path, samples.archive(recipe()).content)

    counts = [one for one in found if isinstance(one, FileRead)]
    assert {act.file for act in acts(found)} <= {one.file for one in counts}
    assert len(counts) == len({one.file for one in counts})
