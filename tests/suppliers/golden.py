"""The worked example of the method: CV screening over a hosted language model, used in the EU."""

from __future__ import annotations

from datetime import date, timedelta

from suppliers.eu_ai_act import EuClass
from suppliers.factors import Verification
from suppliers.policy import policy
from suppliers.posture import AnswerEvidence, OpenFinding, SectionEvidence, UseInputs
from suppliers.questionnaires import Domain, Severity, library
from suppliers.tiering import rate

TODAY = date(2026, 11, 24)
FACTORS = {
    "people": 4,
    "data": 3,
    "autonomy": 2,
    "criticality": 2,
    "regulatory": 4,
    "scale": 3,
    "substitutability": 2,
    "maturity": 2,
}
FACTS: dict[str, object] = {
    "intake.eu_ai_tier": "high",
    "intake.eu_nexus": True,
    "intake.affects_people": True,
    "intake.data_classes": ("personal",),
    "intake.personal_data": True,
}
EFFECTIVENESS = {
    "ORG": 0.72, "ROLE": 0.55, "MOD": 0.66, "TRD": 0.48, "CUD": 0.81, "PRV": 0.78,
    "EVL": 0.63, "SEC": 0.80, "OVR": 0.60, "OPS": 0.70, "CON": 0.62,
}  # fmt: skip
FAIRNESS = (
    ("FAI-01", 5, 1.0, Verification.ACCEPTED, 180, 270),
    ("FAI-02", 4, 0.3, Verification.ACCEPTED, 180, 270),
    ("FAI-03", 3, 0.7, Verification.ACCEPTED, 180, 270),
    ("FAI-04", 3, 0.75, Verification.ACCEPTED, 180, 270),
    ("FAI-05", 3, 1.0, Verification.SAID, 30, 365),
)
RETESTED = (
    ("FAI-01", 5, 1.0, Verification.ACCEPTED, 0, 270),
    ("FAI-02", 4, 0.8, Verification.ACCEPTED, 0, 270),
    ("FAI-03", 3, 0.7, Verification.ACCEPTED, 0, 270),
    ("FAI-04", 3, 0.75, Verification.ACCEPTED, 0, 270),
    ("FAI-05", 3, 1.0, Verification.ACCEPTED, 0, 365),
)
RATIO = OpenFinding(id="f-ratio", title="Ratio below 0.8", domain=Domain.FAIRNESS, severity=Severity.HIGH)
CLAUSE = OpenFinding(id="f-clause", title="Change clause", domain=Domain.LEGAL, severity=Severity.MEDIUM)
EXIT = OpenFinding(id="f-exit", title="Exit plan", domain=Domain.RESILIENCE, severity=Severity.MEDIUM)

Answer = tuple[str, float, float, Verification, int, int]


def fairness(answers: tuple[Answer, ...]) -> SectionEvidence:
    """The fairness section with these answers."""
    return SectionEvidence(
        id="FAI",
        title="Fairness",
        domain=Domain.FAIRNESS,
        weight=0.07,
        answers=tuple(
            AnswerEvidence(
                question=id,
                weight=weight,
                score=score,
                verification=verification,
                evidence_on=TODAY - timedelta(days=age),
                half_life_days=half_life,
            )
            for id, weight, score, verification, age, half_life in answers
        ),
    )


def _settled(id: str, title: str, domain: Domain, weight: float) -> SectionEvidence:
    """A section whose effectiveness is given: one independently assured answer of today."""
    answer = AnswerEvidence(
        question=f"{id}-00",
        weight=1,
        score=EFFECTIVENESS[id],
        verification=Verification.INDEPENDENT,
        evidence_on=TODAY,
        half_life_days=365,
    )
    return SectionEvidence(id=id, title=title, domain=domain, weight=weight, answers=(answer,))


def golden(
    answers: tuple[Answer, ...] = FAIRNESS, findings: tuple[OpenFinding, ...] = (RATIO, CLAUSE, EXIT)
) -> UseInputs:
    """The inputs of the worked example."""
    rated = rate(FACTS, FACTORS, policy())
    sections = tuple(
        fairness(answers) if each.id == "FAI" else _settled(each.id, each.title, each.risk_domain, each.weight)
        for each in library().latest("vendor_model").sections
    )
    return UseInputs(factors=rated.scores, tier=rated.tier, eu_class=EuClass.HIGH, sections=sections, findings=findings)
