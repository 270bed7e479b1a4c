"""An assessment: one questionnaire sent, answered, submitted and reviewed (a round)."""

from suppliers.assessment.answers import Answer, Evidence
from suppliers.assessment.asked import QuestionnaireRef
from suppliers.assessment.assessment import Assessment
from suppliers.assessment.states import FINISHED, LAPSES_AFTER, WITH_VENDOR, AssessmentState
from suppliers.assessment.verdicts import AnswerReview, RaisedFlag, Verdict

__all__ = [
    "FINISHED",
    "LAPSES_AFTER",
    "WITH_VENDOR",
    "Answer",
    "AnswerReview",
    "Assessment",
    "AssessmentState",
    "Evidence",
    "QuestionnaireRef",
    "RaisedFlag",
    "Verdict",
]
