"""What administrators do to one seller's numbers; scores themselves are nobody's to edit."""

from scoring.admin.activity import ActivityAdmin
from scoring.admin.correction import CorrectionAdmin
from scoring.admin.formula import FormulaAdmin
from scoring.admin.kind import KindAdmin
from scoring.admin.official_score import OfficialScoreAdmin
from scoring.admin.run import RunAdmin
from scoring.admin.seat import SeatAdmin
from scoring.admin.seniority import SeniorityPhraseAdmin
from scoring.admin.upload import UploadAdmin

__all__ = [
    "ActivityAdmin",
    "CorrectionAdmin",
    "FormulaAdmin",
    "KindAdmin",
    "OfficialScoreAdmin",
    "RunAdmin",
    "SeatAdmin",
    "SeniorityPhraseAdmin",
    "UploadAdmin",
]
