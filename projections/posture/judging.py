"""From what is kept of a use to the inputs of a posture, and to the posture itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from projections.posture.kept import Attested, Flag, Round, SupplierPosture, UsePosture
from suppliers.attestation_rules import attestation_rules, requirements
from suppliers.eu_ai_act import EuClass
from suppliers.factors import Factor, Tier
from suppliers.policy import ScoringPolicy, policy
from suppliers.posture import (
    Given,
    Held,
    MandatoryAttestation,
    OpenFinding,
    Posture,
    SectionEvidence,
    UseInputs,
    mandatory,
    sections,
)
from suppliers.posture.assessing import confidence_band
from suppliers.posture.bands import appetite, band_of, by_number, limits
from suppliers.posture.explanation import contributions, domains, summary
from suppliers.posture.residual import residual, terms
from suppliers.questionnaires import Questionnaire, library
from suppliers.tiering import complete_facts

VERSION_BOUND = frozenset({"MOD", "EVL", "SEC", "FAI"})
"""Sections whose answers speak of one version of a model (domain reference, 5.6)."""


def policy_of(use: UsePosture) -> ScoringPolicy:
    """The policy it was rated by: a new one makes a new rating, never another past."""
    assert use.rating is not None
    return policy(use.rating.policy)


def inputs_of(use: UsePosture, row: SupplierPosture) -> UseInputs | None:
    """Everything the posture depends on; None before the use is rated."""
    if use.rating is None:
        return None
    questionnaire = _questionnaire(use.counted)
    return UseInputs(
        factors={Factor(name): score for name, score in use.rating.scores.items()},
        tier=None if use.tier is None else Tier(use.tier),
        eu_class=_eu_class(use),
        questionnaire=questionnaire.ref if questionnaire else "",
        sections=_sections(use, questionnaire) if questionnaire else (),
        findings=tuple(_findings(use, questionnaire)) if questionnaire else (),
        attestations=_attestations(use, row),
        suspended=use.suspended or row.suspended,
        round_open=use.round_open,
    )


def sketch(inputs: UseInputs, rules: ScoringPolicy, on: date) -> Posture:
    """A posture without what would improve it or what time will do to it: those take most of the work."""
    given = terms(inputs, rules, on)
    result = residual(given)
    return Posture(
        on=on,
        policy=rules.ref,
        questionnaire=inputs.questionnaire,
        tier=inputs.tier,
        inherent=given.inherent,
        residual=result.risk,
        band=band_of(given, result),
        band_by_number=by_number(given, result),
        limits=tuple(limits(given, result)),
        confidence=result.confidence,
        confidence_band=confidence_band(result.confidence, rules),
        provisional=inputs.round_open or not inputs.sections or any(each.waiting for each in given.sections.values()),
        mean=result.mean,
        worst_domain=result.worst.domain,
        summary=summary(given, result),
        domains=domains(given, result),
        contributions=contributions(given, result),
        improvements=(),
        appetite=appetite(given, result),
        knock_outs=tuple(each.id for each in inputs.findings if each.blocks(on)),
        next_change_on=None,
        next_band=None,
        confidence_low_on=None,
    )


def sketched(posture: Posture) -> Posture:
    """What `sketch` would have made."""
    without = {"improvements": (), "next_change_on": None, "next_band": None, "confidence_low_on": None}
    return posture.model_copy(update=without)


def gravest(flags: Mapping[str, Flag]) -> dict[str, Flag]:
    """Question -> the flag that makes the finding: a knock-out before all, then the gravest."""
    found: dict[str, Flag] = {}
    for flag in flags.values():
        known = found.get(flag.question)
        if known is None or (flag.knock_out, flag.severity.rank) > (known.knock_out, known.severity.rank):
            found[flag.question] = flag
    return found


def _questionnaire(counted: Round | None) -> Questionnaire | None:
    return library().get(counted.questionnaire.id, counted.questionnaire.version) if counted else None


def _eu_class(use: UsePosture) -> EuClass:
    return use.classification.eu_class if use.classification else EuClass.UNCLASSIFIED


def _sections(use: UsePosture, questionnaire: Questionnaire) -> tuple[SectionEvidence, ...]:
    assert use.counted is not None
    return sections(questionnaire, use.counted.facts, _given(use, questionnaire))


def _given(use: UsePosture, questionnaire: Questionnaire) -> dict[str, Given]:
    """The answers, those about an earlier version of the model marked."""
    assert use.counted is not None
    since, found = use.superseded_on, dict(use.counted.answers)
    if since is None:
        return found
    for id, given in found.items():
        section = questionnaire.section_of.get(id)
        if section is not None and section.id in VERSION_BOUND and given.answered_on < since:
            found[id] = given.model_copy(update={"superseded": True})
    return found


def _findings(use: UsePosture, questionnaire: Questionnaire) -> Iterator[OpenFinding]:
    """One for each question with flags."""
    assert use.counted is not None
    days = policy_of(use).findings.due_days
    for question, flag in gravest(use.counted.flags).items():
        yield OpenFinding(
            id=f"{use.counted.id}:{question}",
            title=f"{flag.note} ({question})",
            domain=questionnaire.section_of[question].risk_domain,
            severity=flag.severity,
            knock_out=flag.knock_out,
            due_on=flag.raised_on + timedelta(days=days[flag.severity]),
        )


def _attestations(use: UsePosture, row: SupplierPosture) -> tuple[MandatoryAttestation, ...]:
    """The mandatory ones for what is known of the use, with what the supplier gave for it or for all."""
    facts = facts_of(use, row.on)
    held = [
        Held(type=each.type, ends_on=_end(each, use))
        for each in row.attestations.values()
        if each.subject_id in (None, use.subject_id)
    ]
    return mandatory(requirements(facts, use.subject_kind.value), held)


def _end(held: Attested, use: UsePosture) -> date | None:
    """Its last day; what speaks of one version of a model ends when we begin to use another."""
    since = use.superseded_on
    if since is None or held.begins_on >= since or not attestation_rules().type(held.type).version_bound:
        return held.ends_on
    last = since - timedelta(days=1)
    return last if held.ends_on is None else min(held.ends_on, last)


def facts_of(use: UsePosture, on: date) -> dict[str, Any]:
    """What is known of a use on a day."""
    if use.intake is None:
        return {}
    return complete_facts(
        use.intake.facts,
        use.intake.factors,
        eu_class=_eu_class(use),
        tier=None if use.tier is None else Tier(use.tier),
        on=on,
        route=use.classification.route if use.classification else None,
    )
