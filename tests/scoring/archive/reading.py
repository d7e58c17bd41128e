"""Sample archives, read by the real readers in this process."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from scoring.archive.container import open_archive
from scoring.archive.found import Act, Found, Item, Job, Skipped, TableRow
from scoring.archive.recognise import reader_of
from scoring.samples.formats import FORMATS
from scoring.samples.recipe import Owner, Recipe, Sample

FIRST, LAST = date(2026, 3, 10), date(2026, 4, 5)  # the clocks go forward on 29 March
ZONE = "Europe/Warsaw"
SENIORITY = ("managing director", "chief")
OWNER = Owner()


def recipe(first: date = FIRST, last: date = LAST, **more: object) -> Recipe:
    return Recipe(first, last, zone=ZONE, **more)  # type: ignore[arg-type]


def job(path: Path, *, opted_in: Iterable[str] = (), key: bytes = b"k" * 32, today: date = LAST) -> Job:
    return Job(
        path=str(path), key=key, zone=ZONE, today=today, seniority=SENIORITY, opted_in=frozenset(opted_in)
    )


@cache
def sample(name: str, last: date = LAST) -> Sample:
    return FORMATS[name](recipe(FIRST, last))


def read(content: bytes, folder: Path, **more: object) -> list[Found]:
    """All that is found in an upload. Raises Refused."""
    path = folder / "upload"
    path.write_bytes(content)
    with open_archive(path) as archive:
        return list(reader_of(archive).read(archive, job(path, **more)))  # type: ignore[arg-type]


def acts(found: Iterable[Found]) -> Counter[tuple[str, date | None, str]]:
    counted: Counter[tuple[str, date | None, str]] = Counter()
    for one in found:
        if isinstance(one, Act):
            counted[one.kind, one.day, one.seat] += 1
        elif isinstance(one, TableRow):
            counted[one.cells["kind"], date.fromisoformat(one.cells["day"]), ""] += 1
    return counted


def marks(found: Iterable[Found]) -> Counter[str]:
    return Counter(one.mark for one in found if isinstance(one, Act))


def items(found: Iterable[Found]) -> set[str]:
    return {one.kind for one in found if isinstance(one, Item)}


def skipped(found: Iterable[Found]) -> Counter[str]:
    return Counter(one.file for one in found if isinstance(one, Skipped))


def networks(found: Iterable[Found]) -> set[str]:
    return {one.network for one in found if isinstance(one, Act)}


def difference(made: Sample, found: list[Found]) -> dict[str, Counter[tuple[str, date | None, str]]]:
    """What is in the sample and was not found, and the other way round; empty counts when all is well."""
    there = acts(found)
    return {"missing": made.acts - there, "too many": there - made.acts}
