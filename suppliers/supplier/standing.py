"""Where a supplier stands with us."""

from __future__ import annotations

from suppliers.word import Word


class Standing(Word):
    """Where a supplier stands with us."""

    PROPOSED = "proposed"
    ONBOARDING = "onboarding"
    APPROVED = "approved"
    CONDITIONAL = "approved_with_conditions"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    OFFBOARDING = "offboarding"
    OFFBOARDED = "offboarded"


IN_SERVICE = frozenset({Standing.APPROVED, Standing.CONDITIONAL})
OPEN = IN_SERVICE | {Standing.PROPOSED, Standing.ONBOARDING, Standing.SUSPENDED}
