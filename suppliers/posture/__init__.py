"""The posture of a use: what remains of its risk, how sure we are, and why."""

from suppliers.posture.ageing import Change, band_on, confidence_falls, next_change, next_worse
from suppliers.posture.assessing import assess, helping, judge, sketch, stands, stood, worst
from suppliers.posture.bands import AppetiteCheck, Band, Limit
from suppliers.posture.change import Stand, changes, stand
from suppliers.posture.evidence import Given, finding, sections
from suppliers.posture.improvement import Improvement
from suppliers.posture.inputs import (
    AnswerEvidence,
    Fading,
    MandatoryAttestation,
    OpenFinding,
    SectionEvidence,
    UseInputs,
)
from suppliers.posture.mandatory import Held, mandatory
from suppliers.posture.residual import Terms, terms
from suppliers.posture.result import Contribution, DomainPosture, Posture

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
    "SectionEvidence",
    "Stand",
    "Terms",
    "UseInputs",
    "assess",
    "band_on",
    "changes",
    "confidence_falls",
    "finding",
    "helping",
    "judge",
    "mandatory",
    "next_change",
    "next_worse",
    "sections",
    "sketch",
    "stand",
    "stands",
    "stood",
    "terms",
    "worst",
]
