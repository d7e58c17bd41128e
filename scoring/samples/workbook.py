"""A workbook of one sheet, with real dates and numbers, as a spreadsheet saves it."""

from collections.abc import Collection, Sequence
from datetime import date
from xml.sax.saxutils import escape

from scoring.samples.packing import zipped

EPOCH = date(1899, 12, 30).toordinal()  # a spreadsheet counts days from here
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FORMAT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
A_DATE = 1  # the style of cells that are dates

TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{FORMAT}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{FORMAT}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{FORMAT}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{FORMAT}.sharedStrings+xml"/></Types>'
)
PACKAGE_PARTS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="Activities" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
BOOK_PARTS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def workbook(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    dates: Collection[int] = (),
    numbers: Collection[int] = (),
) -> bytes:
    """The table as XLSX; the columns `dates` hold ISO days, and those of `numbers` numbers."""
    shared: dict[str, int] = {}
    lines = [_line(1, header, shared, (), ())]
    lines += [_line(n, row, shared, dates, numbers) for n, row in enumerate(rows, start=2)]
    sheet = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in shared)
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": PACKAGE_PARTS,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_PARTS,
        "xl/worksheets/sheet1.xml": sheet,
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}">{texts}</sst>',
    }
    return zipped({name: part.encode() for name, part in parts.items()})


def _line(
    number: int,
    row: Sequence[str],
    shared: dict[str, int],
    dates: Collection[int],
    numbers: Collection[int],
) -> str:
    cells = []
    for column, text in enumerate(row):
        place = f"{chr(ord('A') + column)}{number}"
        if not text:
            continue
        if column in dates:
            days = date.fromisoformat(text).toordinal() - EPOCH
            cells.append(f'<c r="{place}" s="{A_DATE}"><v>{days}</v></c>')
        elif column in numbers:
            cells.append(f'<c r="{place}"><v>{text}</v></c>')
        else:
            cells.append(f'<c r="{place}" t="s"><v>{shared.setdefault(text, len(shared))}</v></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'
