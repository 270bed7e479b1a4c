"""From what is kept of a use to how it stands; what repeats from day to day or from use to use is worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from projections.posture.inputs import ANY_DAY, HeldFor, Mandate, held_for, inputs_of, mandated_by, policy_of, required
from projections.posture.kept import Attested, SupplierPosture, UsePosture
from projections.posture.remembered import Same
from projections.view import but
from suppliers.factors import Factor, Tier
from suppliers.policy import policy
from suppliers.posture import Band, Change, Stand, Terms, UseInputs, next_change, stands, terms

AT_HAND = 4_096
"""Judgements of uses nobody answered about; there are few different ones."""
LATELY, ANSWERED_LATELY = 16_384, 256
"""Uses that need not be judged again: one that nothing happened to is the same from event to event. With answers
they take far more room."""


class Judged(NamedTuple):
    """How a use stands on a day, or on any, and what that was found by."""

    stand: Stand
    given: Terms
    on: date


@dataclass(slots=True)
class Known:
    """What was found of a use, and what else of its row that followed from."""

    use: UsePosture
    attestations: Mapping[str, Attested]
    suspended: str | None
    judged: Judged
    completed: UsePosture | None = None

    def of(self, use: UsePosture, row: SupplierPosture) -> bool:
        """Whether it is still so."""
        return (
            self.use is use
            and self.attestations is row.attestations  # both are kept, so no other thing has their ids
            and self.suspended == row.suspended
            and (self.judged.on is ANY_DAY or self.judged.on == row.on)
        )


_known: dict[tuple[int, int], Known] = {}
"""By the ids of a use and of the attestations beside it: a use stays the same while its supplier gives more."""
_known_answered: dict[tuple[int, int], Known] = {}


def stand_of(use: UsePosture, row: SupplierPosture) -> Stand | None:
    """The numbers at the end of the row's day; None before it is rated."""
    if use.rating is None:
        return None
    if not row.pending and use.stand is not None:
        return use.stand
    return _known_of(use, row).judged.stand


def completed(use: UsePosture, row: SupplierPosture) -> UsePosture:
    """The use with its stand, and with what time alone will do to it."""
    if use.rating is None:
        return use if use.stand is None else but(use, stand=None, next_change_on=None, next_band=None)
    known = _known_of(use, row)
    if known.completed is None:
        stand, given, _ = known.judged
        on, band = next_change(given, stand.band) if use.counted else _change(Same(given), stand.band)
        known.completed = but(use, stand=stand, next_change_on=on, next_band=band)
    return known.completed


def as_before(closed: UsePosture, use: UsePosture, row: SupplierPosture) -> None:
    """A use is judged as it was before its day was closed."""
    known = (_known_answered if use.counted else _known).get((id(use), id(row.attestations)))
    if known is not None and known.of(use, row):
        _keep(Known(closed, known.attestations, known.suspended, known.judged))


def _known_of(use: UsePosture, row: SupplierPosture) -> Known:
    known = (_known_answered if use.counted else _known).get((id(use), id(row.attestations)))
    if known is not None and known.of(use, row):
        return known
    found = _by_answers(use, row) if use.counted else _by_intake(use, row)
    return _keep(Known(use, row.attestations, row.suspended, found))


def _keep(known: Known) -> Known:
    kept, most = (_known_answered, ANSWERED_LATELY) if known.use.counted else (_known, LATELY)
    if len(kept) >= most:
        for oldest in list(islice(kept, most // 2)):
            del kept[oldest]
    kept[id(known.use), id(known.attestations)] = known
    return known


def _by_answers(use: UsePosture, row: SupplierPosture) -> Judged:
    inputs = inputs_of(use, row)
    assert inputs is not None
    given = terms(inputs, policy_of(use), row.on)
    return Judged(stands(given), given, row.on)


def _by_intake(use: UsePosture, row: SupplierPosture) -> Judged:
    """Nothing of it ages, unless an attestation runs out; so the same is found again on another day."""
    assert use.rating is not None
    rating = use.rating
    given = mandated_by(use, row), held_for(use, row), rating.policy, tuple(rating.scores.items())
    suspended = use.suspended or row.suspended
    return _steady(*given, suspended) or _unanswered(*given, suspended, row.on)


@lru_cache(AT_HAND)
def _steady(
    mandate: Mandate, held: HeldFor, rules: str, scores: tuple[tuple[str, int], ...], suspended: str | None
) -> Judged | None:
    """None when it depends on the day."""
    ends = any(each.ends_on is not None for each in required(*mandate, held))
    return None if ends or mandate[-1] is not ANY_DAY else _unanswered(mandate, held, rules, scores, suspended, ANY_DAY)


@lru_cache(AT_HAND)
def _unanswered(
    mandate: Mandate,
    held: HeldFor,
    rules: str,
    scores: tuple[tuple[str, int], ...],
    suspended: str | None,
    on: date,
) -> Judged:
    _, _, eu_class, _, tier, _ = mandate
    inputs = UseInputs.made(
        factors={Factor(name): score for name, score in scores},
        tier=None if tier is None else Tier(tier),
        eu_class=eu_class,
        questionnaire="",
        sections=(),
        findings=(),
        attestations=required(*mandate, held),
        suspended=suspended,
        round_open=False,  # says that answers may change, and moves no number
    )
    given = terms(inputs, policy(rules), on)
    return Judged(stands(given), given, on)


@lru_cache(AT_HAND)
def _change(given: Same[Terms], band: Band) -> Change:
    return next_change(given.it, band)
