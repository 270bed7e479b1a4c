"""Which of the mandatory attestations are there, as a posture sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from typing import NamedTuple

from suppliers.attestation_rules import Requirement, attestation_rules
from suppliers.posture.bands import Band
from suppliers.posture.inputs import MandatoryAttestation


class Held(NamedTuple):
    """An attestation that was not rejected and covers the subject; one taken back ended the day before."""

    type: str
    ends_on: date | None
    """Effective last day; None = no fixed end."""


def mandatory(
    required: Iterable[Requirement], held: Iterable[Held], waived_until: Mapping[str, date] | None = None
) -> tuple[MandatoryAttestation, ...]:
    """Each requirement with the attestation that serves it longest."""
    rules, all_held, waivers = attestation_rules(), list(held), waived_until or {}
    found = []
    for each in required:
        ends = [ends_on for type, ends_on in all_held if type in each.any_of]
        found.append(
            MandatoryAttestation.made(
                id=each.id,
                title=each.title,
                given=bool(ends),
                ends_on=None if None in ends else max([end for end in ends if end], default=None),
                waived_until=waivers.get(each.id),
                suspends=rules.stops(each),
            )
        )
    return tuple(found)


def concerned(types: Set[str], band: Band) -> Sequence[Requirement]:
    """What attestations of these types could serve, and could make a use worse than this band once it has run out."""
    rules = attestation_rules()
    if band.rank >= Band.ELEVATED.rank:
        types = types & rules.stopping
    return [each for each in rules.mandatory if not types.isdisjoint(each.any_of)] if types else ()
