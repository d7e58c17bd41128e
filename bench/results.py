"""Writes what was measured into RESULTS.md: one table for the short form, one for the full one.

Beside the table stands where and how it was measured. A run of single benchmarks replaces their lines only,
unless something of the setting changed: then all older lines go, for they would stand under a wrong heading.
"""

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.harness import Figure, Goal

HEAD = "# What was measured\n\nWritten by `bin/bench`; how to read it: [README.md](README.md).\n"
COLUMNS = ("#", "benchmark", "what", "measured", "spread", "runs", "goal", "stretch", "met", "with", "on")
FORMS = {False: "Short form", True: "Full form"}


@dataclass(frozen=True)
class Line:
    """A line of a table: its cells, the second of which names the benchmark."""

    cells: tuple[str, ...]

    @property
    def benchmark(self) -> str:
        return self.cells[1]

    @property
    def order(self) -> tuple[int, str]:
        digits = "".join(c for c in self.cells[0] if c.isdigit())
        return (int(digits) if digits else 99, self.benchmark)

    def __str__(self) -> str:
        return f"| {' | '.join(self.cells)} |"


def line_of(figure: Figure, *, benchmark: str, day: str) -> Line:
    measure, goal = figure.measure, figure.goal
    return Line(
        (
            figure.number,
            benchmark,
            figure.what,
            f"**{_number(measure.value)}{_unit(figure)}**",
            f"{_number(measure.least)} to {_number(measure.most)}",
            str(measure.runs),
            _limit(goal, goal.limit, figure) if goal else "",
            _limit(goal, goal.stretch, figure) if goal and goal.stretch is not None else "",
            _met(goal, measure.value) if goal else "",
            figure.note,
            day,
        )
    )


def _unit(figure: Figure) -> str:
    return figure.unit if figure.unit in ("x", "%") else f" {figure.unit}".rstrip()


def _limit(goal: Goal, limit: float, figure: Figure) -> str:
    return f"{'≥' if goal.at_least else '≤'} {_number(limit)}{_unit(figure)}"


def _met(goal: Goal, value: float) -> str:
    if not goal.is_met(value):
        return "**no**"
    return "stretch" if goal.stretch is not None and goal.is_met(value, goal.stretch) else "yes"


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def write(path: Path, lines: Iterable[Line], *, setting: Mapping[str, str], full: bool) -> None:
    """Put lines into the section of their form, and leave the other form's section as it is."""
    sections = _sections(path.read_text(encoding="utf-8")) if path.exists() else {}
    name, new = FORMS[full], list(lines)
    measured = {line.benchmark for line in new}
    kept = [line for line in _lines(sections.get(name, "")) if line.benchmark not in measured]
    if _heading(setting) not in sections.get(name, ""):
        kept = []
    sections[name] = _section(sorted([*kept, *new], key=lambda line: line.order), setting)
    text = HEAD + "".join(f"\n## {form}\n{sections[form]}" for form in FORMS.values() if form in sections)
    path.write_text(text, encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    parts = text.split("\n## ")[1:]
    return {part.split("\n", 1)[0]: part.split("\n", 1)[1].rstrip("\n") + "\n" for part in parts}


def _lines(section: str) -> list[Line]:
    rows = [tuple(row.strip("| ").split(" | ")) for row in section.splitlines() if row.startswith("| ")]
    padded = [tuple(cell.strip() for cell in row) for row in rows]
    return [Line(row) for row in padded if len(row) == len(COLUMNS) and row != COLUMNS]


def _section(lines: Sequence[Line], setting: Mapping[str, str]) -> str:
    table = [Line(COLUMNS), f"|{'---|' * len(COLUMNS)}", *lines]
    return "\n".join(["", _heading(setting), "", *map(str, table), ""])


def _heading(setting: Mapping[str, str]) -> str:
    return "\n".join(f"- {name}: {value}" for name, value in setting.items())


def setting_here(server: Mapping[str, str]) -> dict[str, str]:
    """Machine, versions and the server's settings; nothing that names the machine or its folders."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "psycopg", "numpy", "celery"))
    return {
        "machine": f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.machine()}, {platform.system()}",
        "versions": f"Python {platform.python_version()}, {packages}",
        **server,
    }
