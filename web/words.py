"""The words and tones for what the record stores as keys: bands, tiers, standings, states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """A posture band: its word and how many bars it fills (0 to 5), which is also its colour."""

    key: str
    word: str
    level: int


BANDS: Mapping[str, Band] = {
    band.key: band
    for band in (
        Band("acceptable", "Acceptable", 1),
        Band("watch", "Watch", 2),
        Band("elevated", "Elevated", 3),
        Band("unacceptable", "Unacceptable", 4),
        Band("blocked", "Blocked", 5),
        Band("suspended", "Suspended", 5),
        Band("not_assessed", "Not assessed", 0),
    )
}

TIERS: Mapping[int, str] = {1: "critical", 2: "high", 3: "medium", 4: "low"}

GOOD, WARN, BAD, INFO, PLAIN = "good", "warn", "bad", "info", "plain"

TONES: Mapping[str, str] = {
    # standing of a supplier or a subject
    "onboarding": INFO, "active": GOOD, "approved": GOOD, "conditionally_approved": WARN,
    "approved_with_conditions": WARN, "declined": BAD, "rejected": BAD, "suspended": BAD, "offboarding": WARN,
    # an assessment's state
    "sent": INFO, "begun": INFO, "in_progress": INFO, "submitted": WARN, "under_review": WARN, "returned": WARN,
    "reviewed": GOOD, "completed": GOOD, "overdue": BAD, "bounced": BAD,
    # an attestation's state
    "requested": INFO, "given": INFO, "received": INFO, "verified": GOOD, "renewed": GOOD, "expiring": WARN,
    "renewal_requested": WARN, "lapsed": BAD, "expired": BAD, "revoked": BAD,
    # a review's state and outcomes, a vote, a letter
    "tabled": INFO, "deferred": WARN, "yes": GOOD, "no": BAD, "approve": GOOD, "approve_with_conditions": WARN,
    "reject": BAD, "decline": BAD, "suspend": BAD, "owed": INFO, "claimed": INFO, "done": GOOD, "refused": BAD,
    "unknown": WARN,
}  # fmt: skip


def band(key: object) -> Band:
    """The band for a stored key; an absent one has not been assessed."""
    return BANDS.get(_key(key), BANDS["not_assessed"])


def tone(key: object) -> str:
    """How a state is coloured: good, warn, bad, info, or plain when nothing needs saying."""
    return TONES.get(_key(key), PLAIN)


def words(key: object) -> str:
    """A stored key as a person reads it: `risk_manager` becomes "Risk manager"."""
    text = str(key).replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def _key(value: object) -> str:
    return "" if value is None else str(value).lower().replace(" ", "_").replace("-", "_")
