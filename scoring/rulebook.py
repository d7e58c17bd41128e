"""The stored formula versions as pure ones: which rules a day, and under which key it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from scoring.formula.catalogue import CapPeriod, Kind, Nature
from scoring.formula.version import Formula
from scoring.models import Formula as StoredFormula
from scoring.models import FormulaKind
from scoring.models import Kind as StoredKind
from scoring.models.formula import GAP_FIELDS


@dataclass(frozen=True)
class Version:
    """A formula that has its day, the key of its row, and what it is called."""

    pk: int
    formula: Formula
    name: str = ""


class Rulebook:
    """The versions in force, oldest first; read once, then only lookups."""

    def __init__(self) -> None:
        dated = StoredFormula.objects.filter(effective_from__isnull=False).order_by("effective_from")
        self._versions = [_version(pk) for pk in dated.values_list("pk", flat=True)]

    def on(self, day: date) -> Version:
        """The newest version in force on the day; the first one for all earlier days."""
        in_force = [version for version in self._versions if (version.formula.effective_from or day) <= day]
        return in_force[-1] if in_force else self._versions[0]

    def after(self, day: date) -> list[Version]:
        """The versions that have their day, but later."""
        return [version for version in self._versions if (version.formula.effective_from or day) > day]

    def begun_between(self, first: date, last: date) -> list[Version]:
        """The versions that took over from another on a day after the first, up to the last."""
        return [version for version in self.after(first) if (version.formula.effective_from or last) <= last]

    def keys(self) -> list[int]:
        return [version.pk for version in self._versions]

    def of(self, pk: int) -> Formula:
        """The dated version with that key."""
        return self.version(pk).formula

    def version(self, pk: int) -> Version:
        return next(version for version in self._versions if version.pk == pk)

    def formula_on(self, day: date) -> Formula:
        return self.on(day).formula


@lru_cache(maxsize=32)
def _version(pk: int) -> Version:
    """Read a dated version; those never change, so once a process is enough."""
    stored = StoredFormula.objects.get(pk=pk)
    return Version(pk=pk, formula=pure(stored), name=stored.name)


def pure(stored: StoredFormula) -> Formula:
    """The stored version, a draft too, as the pure module knows it."""
    worths = FormulaKind.objects.filter(formula=stored).select_related("kind").order_by("kind_id")
    return Formula(
        effective_from=stored.effective_from,
        half_life_days=stored.half_life_days,
        gap_points={pillar: getattr(stored, field) for pillar, field in GAP_FIELDS.items()},
        kinds={worth.kind.code: _kind(worth) for worth in worths},
    )


def _kind(worth: FormulaKind) -> Kind:
    kind = worth.kind
    return Kind(
        code=kind.code,
        pillar=kind.pillar,
        nature=Nature(kind.nature),
        points=worth.points,
        cap=worth.cap,
        cap_period=CapPeriod(worth.cap_period) if worth.cap_period else None,
        minutes=kind.minutes,
        plan_per_week=kind.plan_per_week,
        name=kind.name,
        networks=kind.network_codes,
    )


_kinds: dict[int, StoredKind] = {}


def kinds() -> Mapping[int, StoredKind]:
    """The kinds by key, in the order of the catalogue; a migration brings them: once a process is enough."""
    if not _kinds:
        _kinds.update({kind.pk: kind for kind in StoredKind.objects.all()})
    return _kinds


def kind_codes() -> dict[int, str]:
    """The codes of the kinds by key."""
    return {pk: kind.code for pk, kind in kinds().items()}


def forget() -> None:
    """Read versions and kinds anew, for whoever takes the database back under them."""
    _version.cache_clear()
    _kinds.clear()
