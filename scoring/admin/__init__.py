"""What administrators do to one seller's numbers; scores themselves are nobody's to edit."""

from scoring.admin.activity import ActivityAdmin
from scoring.admin.formula import FormulaAdmin
from scoring.admin.kind import KindAdmin
from scoring.admin.official_score import OfficialScoreAdmin
from scoring.admin.run import RunAdmin

__all__ = ["ActivityAdmin", "FormulaAdmin", "KindAdmin", "OfficialScoreAdmin", "RunAdmin"]
