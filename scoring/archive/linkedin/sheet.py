"""One table of an archive, read row by row."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from scoring.archive.delimited import Table, plain_name
from scoring.archive.desk import Unclear
from scoring.archive.found import Act, Found, Skipped
from scoring.archive.linkedin.desk import NETWORK, Cells, Deed, LinkedInDesk
from scoring.archive.linkedin.files import File


class Sheet(NamedTuple):
    """A table on the desk, and which file it is."""

    file: File
    table: Table
    desk: LinkedInDesk

    def acts(self, deed_of: Callable[[Cells, LinkedInDesk], Deed | None]) -> Iterator[Found]:
        """Read every row into an act, or into nothing, or into what is wrong with it."""
        for row in self.table:
            if isinstance(row, Skipped):
                yield row
                continue
            try:
                deed = deed_of(row.cells, self.desk)
            except Unclear as unclear:
                yield self.skipped(row.line, unclear)
            else:
                if deed:
                    kind, day, mark, link = deed
                    yield Act(self.file.name, row.line, kind, day, NETWORK, mark, link)

    def skipped(self, line: int, unclear: Unclear) -> Skipped:
        """Name the column as the file does."""
        column = next((name for name in self.table.columns if plain_name(name) == unclear.column), "")
        return Skipped(self.file.name, line, column, unclear.reason, unclear.value)
