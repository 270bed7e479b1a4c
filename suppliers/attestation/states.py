"""Where an attestation stands."""

from __future__ import annotations

from suppliers.word import Word


class AttestationState(Word):
    GIVEN = "given"
    VERIFIED = "verified"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    REVOKED = "revoked"


IN_FORCE = frozenset({AttestationState.GIVEN, AttestationState.VERIFIED})
