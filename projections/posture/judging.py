"""From what is kept of a use to its posture; what repeats from day to day or from use to use is worked out once."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from projections.posture.inputs import attestations_of, eu_class, inputs_of, policy_of
from projections.posture.kept import SupplierPosture, UsePosture
from projections.posture.remembered import Same
from projections.view import but
from suppliers.eu_ai_act import EuClass
from suppliers.factors import Factor, Tier
from suppliers.policy import ScoringPolicy
from suppliers.posture import MandatoryAttestation, Posture, Stand, UseInputs, helping, judge, stand, stood

AT_HAND = 4_096
"""Postures of uses nobody answered about; there are few different ones."""
ANY_DAY = date(2000, 1, 1)


def judged(use: UsePosture, row: SupplierPosture) -> Posture | None:
    """How a use stands on the row's day; None before it is rated."""
    if use.rating is None:
        return None
    if use.counted is None:
        found, _ = _without_answers(use, row)
        return but(found, on=row.on, confidence_low_on=found.confidence_low_on and row.on)
    inputs = inputs_of(use, row)
    assert inputs is not None
    return judge(inputs, policy_of(use), row.on)


def stand_of(use: UsePosture, row: SupplierPosture) -> Stand | None:
    """The numbers at the end of the row's day."""
    if use.rating is None:
        return None
    if use.counted is None:
        return but(_without_answers(use, row)[1], on=row.on)
    if not row.stale and use.result is not None:
        return stand(use.result)
    inputs = inputs_of(use, row)
    return None if inputs is None else stood(inputs, policy_of(use), row.on)


def explained(use: UsePosture, row: SupplierPosture) -> UsePosture:
    """For a reader: also with what would bring the risk down."""
    inputs = inputs_of(use, row)
    if use.result is None or inputs is None:
        return use
    found = helping(inputs, policy_of(use), use.result.on)
    return but(use, result=but(use.result, improvements=found))


def _without_answers(use: UsePosture, row: SupplierPosture) -> tuple[Posture, Stand]:
    """Nothing of it ages, unless an attestation runs out; so the same is found again on another day."""
    assert use.rating is not None
    held = attestations_of(use, row)
    dated = any(each.ends_on is not None for each in held)
    return _judged_without_answers(
        Same(policy_of(use)),
        Same(held),
        tuple(use.rating.scores.items()),
        use.tier,
        eu_class(use),
        use.suspended or row.suspended,
        use.round_open,
        row.on if dated else ANY_DAY,
    )


@lru_cache(AT_HAND)
def _judged_without_answers(
    rules: Same[ScoringPolicy],
    held: Same[tuple[MandatoryAttestation, ...]],
    scores: tuple[tuple[str, int], ...],
    tier: int | None,
    eu_class: EuClass,
    suspended: str | None,
    round_open: bool,
    on: date,
) -> tuple[Posture, Stand]:
    inputs = UseInputs.made(
        factors={Factor(name): score for name, score in scores},
        tier=None if tier is None else Tier(tier),
        eu_class=eu_class,
        questionnaire="",
        sections=(),
        findings=(),
        attestations=held.it,
        suspended=suspended,
        round_open=round_open,
    )
    found = judge(inputs, rules.it, on)
    return found, stand(found)
