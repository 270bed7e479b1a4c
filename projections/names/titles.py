"""What attestations are called."""

from __future__ import annotations

from suppliers.attestation_rules import NoSuchAttestationType, attestation_rules


def title(type: str) -> str:
    """What a type of attestation is called; one that the rules no longer know is called by its code."""
    try:
        return attestation_rules().type(type).title
    except NoSuchAttestationType:
        return type
