"""From what is kept of a use to how it stands; what repeats from day to day or from use to use is worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from projections.posture.inputs import ANY_DAY, Basis, HeldFor, basis_of, held_for, inputs_of, policy_of, required
from projections.posture.kept import SupplierPosture, UsePosture
from projections.posture.known import Judged, Known, known_of, notice
from projections.view import but
from suppliers.eu_ai_act import EuClass
from suppliers.factors import Factor, Tier
from suppliers.policy import policy
from suppliers.posture import Stand, UseInputs, stands, terms

AT_HAND = 4_096
"""Judgements of uses nobody answered about; there are few different ones."""


def stand_of(use: UsePosture, row: SupplierPosture) -> Stand | None:
    """The numbers at the end of the row's day; None before it is rated."""
    if use.rating is None:
        return None
    if not row.pending and use.stand is not None:
        return use.stand
    return _known(use, row).judged.stand


def prospect(use: UsePosture, row: SupplierPosture) -> Iterator[tuple[Stand, date | None]]:
    """The numbers, and when time alone makes them worse; nothing before it is rated."""
    if use.rating is None:
        return
    if not row.pending and use.stand is not None:
        yield use.stand, use.next_change_on
    else:
        judged = _known(use, row).judged
        yield judged.stand, judged.change.next_change_on


def completed(use: UsePosture, row: SupplierPosture) -> UsePosture:
    """The use with its stand, and with what time alone will do to it."""
    if use.rating is None:
        return use if use.stand is None else but(use, stand=None, next_change_on=None, next_band=None)
    known = _known(use, row)
    if known.completed is None:
        judged = known.judged
        on, band = judged.change
        known.completed = but(use, stand=judged.stand, next_change_on=on, next_band=band)
    return known.completed


def as_before(closed: UsePosture, use: UsePosture) -> None:
    """A use is judged as it was before something changed of it that moves no number."""
    known = known_of(use)
    if known is not None:
        notice(closed, Known(known.basis, known.attestations, known.held, known.suspended, known.judged))


def _known(use: UsePosture, row: SupplierPosture) -> Known:
    known = known_of(use)
    suspended = use.suspended or row.suspended
    if known is None:
        basis, held = basis_of(use), held_for(use, row)
    elif known.attestations is row.attestations and known.suspended == suspended and known.judged.holds(row.on):
        return known
    else:
        basis, held = known.basis, held_for(use, row)
        if known.held == held and known.suspended == suspended and known.judged.holds(row.on):
            known.attestations = row.attestations
            return known
    if use.counted:
        judged = _by_answers(use, row)
        if known is not None and known.held == held and known.suspended == suspended:
            judged.follow(known.judged)
    else:
        judged = _by_intake(basis, held, suspended, row.on)
    return notice(use, Known(basis, row.attestations, held, suspended, judged))


def _by_answers(use: UsePosture, row: SupplierPosture) -> Judged:
    inputs = inputs_of(use, row)
    assert inputs is not None
    given = terms(inputs, policy_of(use), row.on)
    return Judged(stands(given), given, row.on)


def _by_intake(basis: Basis, held: HeldFor, suspended: str | None, on: date) -> Judged:
    """Nothing of it ages, unless an attestation runs out; so the same is found again on another day."""
    return _steady(basis, held, suspended) or _unanswered(basis, held, suspended, on)


@lru_cache(AT_HAND)
def _steady(basis: Basis, held: HeldFor, suspended: str | None) -> Judged | None:
    """None when it depends on the day: the law has dates for high risk alone."""
    if basis.eu_class is EuClass.HIGH or any(each.ends_on is not None for each in required(basis, ANY_DAY, held)):
        return None
    return _unanswered(basis, held, suspended, ANY_DAY)


@lru_cache(AT_HAND)
def _unanswered(basis: Basis, held: HeldFor, suspended: str | None, on: date) -> Judged:
    inputs = UseInputs.made(
        factors={Factor(name): score for name, score in basis.scores},
        tier=None if basis.tier is None else Tier(basis.tier),
        eu_class=basis.eu_class,
        questionnaire="",
        sections=(),
        findings=(),
        attestations=required(basis, basis.day(on), held),
        suspended=suspended,
        round_open=False,  # says that answers may change, and moves no number
    )
    given = terms(inputs, policy(basis.policy), on)
    return Judged(stands(given), given, on)
