"""A file of an archive that cannot be read, or not to its end: the rest of the archive can."""

from collections.abc import Iterator

from scoring.archive.found import Found, Skipped


class Broken(ValueError):
    """One file is not what it claims: a code, and the line up to which it was read, 0 if unknown."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.line = line


def on_its_own(file: str, rows: Iterator[Found]) -> Iterator[Found]:
    """Give what is found in one file; where it breaks, it is a skipped row, and the archive goes on.

    What was found before it broke stands.
    """
    try:
        yield from rows
    except Broken as error:
        yield Skipped(file, error.line, "", error.code)
