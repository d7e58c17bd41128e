from scoring.models.activity import Activity
from scoring.models.formula import Formula, FormulaKind, Kind
from scoring.models.holding import Holding
from scoring.models.official_score import OfficialScore
from scoring.models.pillar_sum import PillarSum
from scoring.models.restatement import Restatement
from scoring.models.run import Run, RunChunk
from scoring.models.score import Score
from scoring.models.standing import Standing
from scoring.models.tally import Tally

__all__ = [
    "Activity",
    "Formula",
    "FormulaKind",
    "Holding",
    "Kind",
    "OfficialScore",
    "PillarSum",
    "Restatement",
    "Run",
    "RunChunk",
    "Score",
    "Standing",
    "Tally",
]
