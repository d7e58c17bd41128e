"""The house keeps its arrows: what a room may import, what a file may be called, how long it may grow."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# From left to right; nothing imports to its right.
ROOMS = ("scoring.formula", "scoring.archive", "scoring.samples", "scoring", "teams", "ssi_dashboard")
# They stand at the door for everybody, and import nothing of ours.
FOR_ALL = (
    "ssi_dashboard.clock",
    "ssi_dashboard.hints",
    "ssi_dashboard.numbers",
    "ssi_dashboard.pages",
    "ssi_dashboard.parts",
    "ssi_dashboard.templatetags",
)
FORBIDDEN_NAMES = {"utils", "helpers", "services", "managers", "misc", "common"}
LINES = 350


def files():
    for room in ("scoring", "teams", "ssi_dashboard"):
        yield from sorted((ROOT / room).rglob("*.py"))


def module_of(file):
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_in(module, package):
    return module == package or module.startswith(f"{package}.")


def room_of(module):
    """The place of a module's room in the row, or None for what is not ours."""
    return next((place for place, room in enumerate(ROOMS) if is_in(module, room)), None)


def imported(source, *, module, is_package=False):
    """Every module that a source imports, also inside functions and under conditions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = module.split(".")
                above = above[: len(above) + is_package - node.level]
                base = ".".join([*above, *filter(None, [node.module])])
            # `from teams import access` names a module, `from teams.models import Team` a class of one.
            yield from (f"{base}.{alias.name}" for alias in node.names)


def breaches(source, *, module, is_package=False):
    ours = room_of(module)
    for target in imported(source, module=module, is_package=is_package):
        theirs = room_of(target)
        if theirs is None:
            continue
        if any(is_in(module, door) for door in FOR_ALL):
            if not any(is_in(target, door) for door in FOR_ALL):
                yield f"{module} stands at the door and imports {target}"
        elif theirs > ours and not any(is_in(target, door) for door in FOR_ALL):
            yield f"{module} imports {target}, to its right"
        elif ROOMS[ours] == "scoring.formula" and theirs != ours:
            yield f"{module} imports {target}, and formulas know nothing but formulas"


def test_nothing_imports_to_its_right():
    found = [
        breach
        for file in files()
        for breach in breaches(
            file.read_text(encoding="utf-8"), module=module_of(file), is_package=file.name == "__init__.py"
        )
    ]

    assert found == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("scoring.formula.pillar", "from scoring.models import Score"),
        ("scoring.formula.pillar", "from ssi_dashboard import clock"),
        ("scoring.intake", "from teams import access"),
        ("scoring.intake", "import teams.models"),
        ("scoring.intake", "def late():\n    from teams.models import Team"),
        ("scoring.intake", "from ..teams import access"),
        ("teams.access", "from ssi_dashboard import settings"),
        ("ssi_dashboard.pages", "from teams.models import Team"),
    ],
)
def test_the_arrows_are_seen_in_every_form(module, source):
    assert list(breaches(source, module=module))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("scoring.formula.pillar", "from scoring.formula import decay"),
        ("scoring.intake", "from scoring.models import Activity"),
        ("scoring.views.day", "from ssi_dashboard.pages import render_page"),
        ("teams.access", "from scoring.formula.ranking import ranks"),
        ("ssi_dashboard.views", "from teams import access"),
    ],
)
def test_the_way_to_the_left_is_free(module, source):
    assert not list(breaches(source, module=module))


def test_formulas_know_no_django():
    found = [
        f"{module_of(file)} imports {target}"
        for file in files()
        if is_in(module_of(file), "scoring.formula")
        for target in imported(
            file.read_text(encoding="utf-8"), module=module_of(file), is_package=file.name == "__init__.py"
        )
        if target.partition(".")[0] in {"django", "celery", "environ", "redis"}
    ]

    assert found == []


def test_files_are_named_for_what_they_hold():
    assert [
        str(file) for file in files() if FORBIDDEN_NAMES & {file.stem, *file.relative_to(ROOT).parts}
    ] == []


def test_no_file_outgrows_its_page():
    long = {
        str(file.relative_to(ROOT)): lines
        for file in [*files(), *(ROOT / "tests").rglob("*.py")]
        if "migrations" not in file.parts
        and (lines := len(file.read_text(encoding="utf-8").splitlines())) > LINES
    }

    assert long == {}
