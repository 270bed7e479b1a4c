"""Which of the mandatory attestations are there, as a posture sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from suppliers.attestation_rules import Requirement, attestation_rules
from suppliers.posture.inputs import Frozen, MandatoryAttestation


class Held(Frozen):
    """An attestation that was not rejected and covers the subject; one taken back ended the day before."""

    type: str
    ends_on: date | None
    """Effective last day; None = no fixed end."""


def mandatory(
    required: Iterable[Requirement], held: Iterable[Held], waived_until: Mapping[str, date] | None = None
) -> tuple[MandatoryAttestation, ...]:
    """Each requirement with the attestation that serves it longest."""
    rules = attestation_rules()
    all_held = list(held)
    waivers = waived_until or {}
    found = []
    for each in required:
        serving = [one for one in all_held if one.type in each.any_of]
        ends = [one.ends_on for one in serving]
        found.append(
            MandatoryAttestation(
                id=each.id,
                title=each.title,
                given=bool(serving),
                ends_on=None if None in ends else max((end for end in ends if end), default=None),
                waived_until=waivers.get(each.id),
                suspends=any(rules.type(code).suspends_on_expiry for code in each.any_of),
            )
        )
    return tuple(found)
