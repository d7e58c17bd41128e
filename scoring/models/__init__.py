from scoring.models.activity import Activity
from scoring.models.correction import Correction
from scoring.models.formula import Formula, FormulaKind, Kind
from scoring.models.holding import Holding
from scoring.models.official_score import OfficialScore
from scoring.models.pillar_sum import PillarSum
from scoring.models.plan import AcceptedPlan, PlannedAct
from scoring.models.restatement import Restatement
from scoring.models.run import Handover, Run, RunChunk
from scoring.models.score import Score
from scoring.models.seat import Seat
from scoring.models.seniority import SeniorityPhrase
from scoring.models.standing import Standing
from scoring.models.tally import Tally
from scoring.models.trial import Trial, TrialScore
from scoring.models.upload import Trace, Upload
from scoring.models.wishes import HiddenTip, UnwantedKind

__all__ = [
    "AcceptedPlan",
    "Activity",
    "Correction",
    "Formula",
    "FormulaKind",
    "Handover",
    "HiddenTip",
    "Holding",
    "Kind",
    "OfficialScore",
    "PillarSum",
    "PlannedAct",
    "Restatement",
    "Run",
    "RunChunk",
    "Score",
    "Seat",
    "SeniorityPhrase",
    "Standing",
    "Tally",
    "Trace",
    "Trial",
    "TrialScore",
    "UnwantedKind",
    "Upload",
]
