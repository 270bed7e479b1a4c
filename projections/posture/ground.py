"""What a use is judged by before anybody answers about it, and what has to be there for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from projections.posture.kept import SupplierPosture, UsePosture
from projections.posture.parts import FACTORS, Attested
from suppliers.attestation_rules import attestation_rules, requirements
from suppliers.eu_ai_act import EuClass
from suppliers.factors import Factor, Tier
from suppliers.policy import ScoringPolicy, policy
from suppliers.posture import Band, Held, MandatoryAttestation, UseInputs, concerned, mandatory
from suppliers.tiering import complete_facts

HIGH, UNCLASSIFIED = EuClass.HIGH, EuClass.UNCLASSIFIED
DAY = timedelta(days=1)


def inputs_alone(use: UsePosture) -> UseInputs:
    """What a use that is rated is judged by with nothing answered or attested. None of it ages."""
    return UseInputs.made(
        factors=factors_of(use),
        tier=tier_of(use),
        eu_class=eu_class(use),
        questionnaire="",  # by whose questions moves no number
        sections=(),
        findings=(),
        attestations=(),
        suspended=None,
        round_open=False,  # says that answers may change, and moves no number
    )


def dated(use: UsePosture) -> bool:
    """What must be there depends on the day: the law has dates for high risk alone."""
    return eu_class(use) is HIGH


def policy_of(use: UsePosture) -> ScoringPolicy:
    """The policy it was rated by: a new one makes a new rating, never another past."""
    assert use.rating is not None
    return policy(use.rating.policy)


def factors_of(use: UsePosture) -> dict[Factor, int]:
    assert use.rating is not None
    return dict(zip(FACTORS, use.rating.scores, strict=True))


def tier_of(use: UsePosture) -> Tier | None:
    return None if use.tier is None else Tier(use.tier)


def eu_class(use: UsePosture) -> EuClass:
    return UNCLASSIFIED if use.classification is None else use.classification.eu_class


def attestations_of(use: UsePosture, row: SupplierPosture) -> tuple[MandatoryAttestation, ...]:
    """The mandatory ones for what is known of the use, with what the supplier gave for it or for all."""
    return mandatory(requirements(_facts(use, row.on), use.subject_kind.value), _held_for(use, row))


def running_out(use: UsePosture, row: SupplierPosture, band: Band) -> tuple[MandatoryAttestation, ...]:
    """Those of them that are there, end some day, and would make it worse than this band: no others move a posture."""
    among = concerned({each.type for each in row.attestations.values()}, band) if row.attestations else ()
    if not among:
        return ()
    required = requirements(_facts(use, row.on), use.subject_kind.value, among=among)
    return tuple([each for each in mandatory(required, _held_for(use, row)) if each.ends_on is not None])


def _held_for(use: UsePosture, row: SupplierPosture) -> list[Held]:
    subject = use.subject_id.int
    return [
        Held(each.type, each.ends_on if use.superseded_on is None else _end(each, use.superseded_on))
        for each in row.attestations.values()
        if each.subject_id is None or each.subject_id.int == subject
    ]


def _end(held: Attested, superseded_on: date) -> date | None:
    """Its last day; what speaks of one version of a model ends when we begin to use another."""
    if held.begins_on >= superseded_on or not attestation_rules().type(held.type).version_bound:
        return held.ends_on
    last = superseded_on - DAY
    return last if held.ends_on is None else min(held.ends_on, last)


def _facts(use: UsePosture, on: date) -> Mapping[str, object]:
    intake, classified = use.intake, use.classification
    if intake is None:
        return {}
    route = None if classified is None else classified.route
    return complete_facts(intake.facts, intake.named, eu_class=eu_class(use), tier=tier_of(use), on=on, route=route)
