"""How long a decision may hold."""

from __future__ import annotations

from datetime import date, timedelta

from suppliers.factors import Tier
from suppliers.policy import ScoringPolicy
from suppliers.review import APPROVALS, Outcome

DAYS_A_MONTH = 30.4375


def longest(outcome: Outcome, tier: int, policy: ScoringPolicy, today: date) -> date | None:
    """The last day the policy allows an approval to hold."""
    if outcome not in APPROVALS:
        return None
    full = today + timedelta(days=round(policy.cadence[Tier(tier)].full_months * DAYS_A_MONTH))
    if outcome is Outcome.CONDITIONAL:
        return min(full, today + timedelta(days=policy.approval.conditional_days))
    return full
