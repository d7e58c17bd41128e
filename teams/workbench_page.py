"""The formulas as the workbench lists them: the one in force, those that follow, drafts, and past ones."""

from dataclasses import dataclass
from datetime import date

from scoring.models import Formula, Trial

IN_FORCE, COMING, DRAFT, PAST = "in_force", "coming", "draft", "past"


@dataclass(frozen=True)
class FormulaRow:
    """`state` is one of the four above; trial is None where none stands."""

    formula: Formula
    state: str
    trial: Trial | None

    @property
    def may_be_tried(self) -> bool:
        return self.state in (COMING, DRAFT)


@dataclass(frozen=True)
class WorkbenchPage:
    in_force: FormulaRow
    open: list[FormulaRow]
    past: list[FormulaRow]


def workbench_page(*, today: date) -> WorkbenchPage:
    """Two queries; versions are few."""
    formulas = list(Formula.objects.select_related("created_by"))
    trials = {trial.formula_id: trial for trial in Trial.objects.defer("totals", "numbers")}
    dated = sorted((f for f in formulas if f.effective_from), key=lambda f: f.effective_from or today)
    ruling = [f for f in dated if f.effective_from and f.effective_from <= today][-1:] or dated[:1]
    rows = [FormulaRow(f, _state(f, ruling[0], today), trials.get(f.pk)) for f in formulas]
    return WorkbenchPage(
        in_force=next(row for row in rows if row.state == IN_FORCE),
        open=[row for row in rows if row.may_be_tried],
        past=[row for row in rows if row.state == PAST],
    )


def _state(formula: Formula, ruling: Formula, today: date) -> str:
    if formula.effective_from is None:
        return DRAFT
    if formula.pk == ruling.pk:
        return IN_FORCE
    return COMING if formula.effective_from > today else PAST
