"""The posture of a use: what remains of its risk, how sure we are, and why."""

from suppliers.posture.ageing import Change, band_on, confidence_falls, next_change, next_worse, same_until
from suppliers.posture.assessing import assess, helping, judge, sketch, stands, stood, worst
from suppliers.posture.bands import AppetiteCheck, Band, Limit
from suppliers.posture.change import Stand, changes, stand
from suppliers.posture.evidence import Given, answered, finding, sections
from suppliers.posture.improvement import Improvement
from suppliers.posture.inputs import (
    AnswerEvidence,
    Fading,
    MandatoryAttestation,
    OpenFinding,
    SectionEvidence,
    UseInputs,
)
from suppliers.posture.mandatory import Held, concerned, mandatory
from suppliers.posture.residual import Residual, Terms, residual, terms
from suppliers.posture.result import Contribution, DomainPosture, Posture
from suppliers.posture.unanswered import unanswered

__all__ = [
    "AnswerEvidence",
    "AppetiteCheck",
    "Band",
    "Change",
    "Contribution",
    "DomainPosture",
    "Fading",
    "Given",
    "Held",
    "Improvement",
    "Limit",
    "MandatoryAttestation",
    "OpenFinding",
    "Posture",
    "Residual",
    "SectionEvidence",
    "Stand",
    "Terms",
    "UseInputs",
    "answered",
    "assess",
    "band_on",
    "changes",
    "concerned",
    "confidence_falls",
    "finding",
    "helping",
    "judge",
    "mandatory",
    "next_change",
    "next_worse",
    "residual",
    "same_until",
    "sections",
    "sketch",
    "stand",
    "stands",
    "stood",
    "terms",
    "unanswered",
    "worst",
]
