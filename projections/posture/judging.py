"""From what is kept of a use to how it stands; what repeats from day to day or from use to use is worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from projections.posture.inputs import ANY_DAY, HeldFor, Mandate, held_for, inputs_of, mandated_by, policy_of, required
from projections.posture.kept import Attested, SupplierPosture, UsePosture
from suppliers.factors import Factor, Tier
from suppliers.policy import policy
from suppliers.posture import Change, Stand, UseInputs, next_change, stood

AT_HAND = 4_096
"""Judgements of uses nobody answered about; there are few different ones."""
LATELY = 16_384
"""Uses that need not be judged again: one that nothing happened to is the same from event to event."""


class Judged(NamedTuple):
    """How a use stands, and what time will do to it unless that was not asked yet."""

    stand: Stand
    change: Change | None
    on: date
    """The day, or any."""


class Known(NamedTuple):
    """What was found of a use, and what else of its row that followed from."""

    use: UsePosture
    attestations: Mapping[str, Attested]
    suspended: str | None
    judged: Judged

    def of(self, use: UsePosture, row: SupplierPosture) -> bool:
        """Whether it is still so."""
        return (
            self.use is use
            and self.attestations is row.attestations
            and self.suspended == row.suspended
            and (self.judged.on is ANY_DAY or self.judged.on == row.on)
        )


_known: dict[int, Known] = {}


def stand_of(use: UsePosture, row: SupplierPosture) -> Stand | None:
    """The numbers at the end of the row's day; None before it is rated."""
    if use.rating is None:
        return None
    if not row.pending and use.stand is not None:
        return use.stand
    return _judged(use, row).stand


def change_of(use: UsePosture, row: SupplierPosture) -> Change:
    """What time alone will do to a rated use."""
    found = _judged(use, row).change
    if found is None:
        inputs = inputs_of(use, row)
        assert inputs is not None
        found = next_change(inputs, policy_of(use), row.on)
    return found


def as_before(closed: UsePosture, use: UsePosture) -> None:
    """A use is judged as it was before its day was closed."""
    if (known := _known.get(id(use))) is not None and known.use is use:
        _keep(known._replace(use=closed))


def _judged(use: UsePosture, row: SupplierPosture) -> Judged:
    known = _known.get(id(use))
    if known is not None and known.of(use, row):
        return known.judged
    found = _by_answers(use, row) if use.counted else _by_intake(use, row)
    _keep(Known(use, row.attestations, row.suspended, found))
    return found


def _keep(known: Known) -> None:
    if len(_known) >= LATELY:
        _known.clear()
    _known[id(known.use)] = known


def _by_answers(use: UsePosture, row: SupplierPosture) -> Judged:
    inputs = inputs_of(use, row)
    assert inputs is not None
    return Judged(stood(inputs, policy_of(use), row.on), None, row.on)


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
    by = policy(rules)
    return Judged(stood(inputs, by, on), next_change(inputs, by, on), on)
