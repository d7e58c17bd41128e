"""The report of an upload: counts by file and kind, what was skipped, days; nothing else of its rows."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scoring.archive.found import Skipped

SKIPPED_KEPT = 1000
TAKEN_OVER_KEPT = 200
COUNTS = ("read", "new", "known", "taken_over", "deleted_before", "baseline", "beyond_cap")


@dataclass
class Report:
    format: str = ""
    counts: dict[tuple[str, int], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    rows: Counter[str] = field(default_factory=Counter)  # of each file, nobody's business included
    skipped: list[Skipped] = field(default_factory=list)
    skipped_by_file: Counter[str] = field(default_factory=Counter)
    unknown_seats: Counter[str] = field(default_factory=Counter)
    first: date | None = None
    last: date | None = None
    taken_over: list[tuple[int, date, int]] = field(default_factory=list)  # kind, day, quantity
    before: list[tuple[date, int]] = field(default_factory=list)
    after: list[tuple[date, int]] = field(default_factory=list)

    def count(self, file: str, kind: int, what: str, n: int = 1) -> None:
        self.counts[file, kind][what] += n

    def skip(self, row: Skipped) -> None:
        self.skipped_by_file[row.file] += 1
        if len(self.skipped) < SKIPPED_KEPT:
            self.skipped.append(row)

    def covers(self, day: date) -> None:
        self.first = day if self.first is None else min(self.first, day)
        self.last = day if self.last is None else max(self.last, day)

    def as_json(self, codes: dict[int, str], items: list[str]) -> dict[str, Any]:
        """What is kept; codes are those of the kinds."""
        return {
            "format": self.format,
            "files": [
                {"file": file, "kind": codes[kind], **{what: counts[what] for what in COUNTS}}
                for (file, kind), counts in sorted(self.counts.items())
            ],
            "rows": dict(sorted(self.rows.items())),
            "skipped": [row._asdict() for row in self.skipped],
            "skipped_count": self.skipped_by_file.total(),
            "skipped_by_file": dict(sorted(self.skipped_by_file.items())),
            "first": self.first and self.first.isoformat(),
            "last": self.last and self.last.isoformat(),
            "items": items,
            "before": [(day.isoformat(), ssi) for day, ssi in self.before],
            "after": [(day.isoformat(), ssi) for day, ssi in self.after],
            "taken_over": [
                {"kind": codes[kind], "day": day.isoformat(), "quantity": quantity}
                for kind, day, quantity in self.taken_over[:TAKEN_OVER_KEPT]
            ],
            "seats": {"unknown": sorted(self.unknown_seats)},
        }
