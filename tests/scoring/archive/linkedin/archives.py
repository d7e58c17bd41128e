"""Small archives of LinkedIn, written in the tests and read by the reader itself."""

import zipfile
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from scoring.archive import linkedin
from scoring.archive.container import Archive, open_archive
from scoring.archive.found import Act, FileRead, Found, Item, Job, Skipped

TODAY = date(2026, 11, 20)
SENIORITY = (
    "chief",
    "C?O",
    "managing director",
    "head of",
    "prezes",
    "członek zarządu",
    "amministratore delegato",
)

Text = str | bytes


def upload(folder: Path, content: Text | Mapping[str, Text]) -> Archive:
    """Open a lone file, or a zip of files by their names."""
    path = folder / "upload"
    if isinstance(content, Mapping):
        with zipfile.ZipFile(path, "w") as zipped:
            for name, text in content.items():
                zipped.writestr(name, text)
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_archive(path)


def read(folder: Path, content: Text | Mapping[str, Text], *, zone: str = "UTC") -> list[Found]:
    with upload(folder, content) as archive:
        assert linkedin.owns(archive)
        job = Job(path=archive.path, key=b"k" * 32, zone=zone, today=TODAY, seniority=SENIORITY)
        return list(linkedin.read(archive, job))


def acts(found: list[Found]) -> list[Act]:
    return [one for one in found if isinstance(one, Act)]


def kinds(found: list[Found]) -> list[str]:
    return [act.kind for act in acts(found)]


def days(found: list[Found]) -> list[date | None]:
    return [act.day for act in acts(found)]


def marks(found: list[Found]) -> Counter[str]:
    return Counter(act.mark for act in acts(found))


def skipped(found: list[Found]) -> list[tuple[int, str, str, str]]:
    """Line, column, reason and value of what was not understood."""
    return [one[1:] for one in found if isinstance(one, Skipped)]


def items(found: list[Found]) -> set[str]:
    return {one.kind for one in found if isinstance(one, Item)}


def rows(found: list[Found]) -> dict[str, int]:
    return {one.file: one.rows for one in found if isinstance(one, FileRead)}
