"""When a use is due for a new round, and when a vendor is reminded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict

from suppliers.factors import Tier
from suppliers.months import add_months
from suppliers.policy import ScoringPolicy


class Due(BaseModel):
    """A day and what makes it due."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    reason: str


class Nudge(BaseModel):
    """One step of the reminders for an open round; `step` names it for ever."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    step: str
    escalates: bool = False
    opens_finding: bool = False


def answer_deadline(tier: Tier, sent_on: date, policy: ScoringPolicy) -> date:
    """By when a vendor answers."""
    return sent_on + timedelta(days=policy.cadence[tier].answer_days)


def next_due(
    tier: Tier,
    completed_on: date,
    policy: ScoringPolicy,
    *,
    confidence_low_on: date | None = None,
    conditions: Iterable[date] = (),
    mandatory_ends: Iterable[date] = (),
) -> Due:
    """When the next full round has to be complete: the earliest of cadence, confidence, conditions and expiries."""
    months = policy.cadence[tier].full_months
    found = [Due(on=add_months(completed_on, months), reason=f"{months} months after the last round")]
    if confidence_low_on:
        found.append(Due(on=confidence_low_on, reason="confidence in the answers gets low"))
    found += [Due(on=day, reason="a condition of the approval is due") for day in conditions]
    found += [Due(on=day, reason="a mandatory attestation ends") for day in mandatory_ends]
    return min(found, key=lambda due: due.on)


def next_light_check(tier: Tier, completed_on: date, policy: ScoringPolicy) -> date | None:
    """When changed answers, expiries and incidents are looked at between rounds; None = not in this tier."""
    months = policy.cadence[tier].light_months
    return add_months(completed_on, months) if months else None


def next_monitoring(tier: Tier, reviewed_on: date, policy: ScoringPolicy) -> date:
    """When monitoring is reviewed next."""
    return add_months(reviewed_on, policy.cadence[tier].monitoring_months)


def launch_on(due_on: date, tier: Tier, policy: ScoringPolicy) -> date:
    """When a round has to be sent so that it is complete in time."""
    return due_on - timedelta(days=policy.cadence[tier].answer_days + policy.reminders.launch_before_due)


def nudges(sent_on: date, deadline: date, policy: ScoringPolicy) -> tuple[Nudge, ...]:
    """The reminders of an open round in order; those after sending stop at the deadline."""
    rules = policy.reminders
    early = [Nudge(on=sent_on + timedelta(days=days), step=f"sent+{days}") for days in rules.after_sending]
    late = [
        Nudge(
            on=deadline + timedelta(days=days),
            step=f"deadline{days:+d}" if days else "deadline",
            escalates=days >= rules.escalate_after,
            opens_finding=days >= rules.finding_after,
        )
        for days in rules.around_deadline
    ]
    steps = [each for each in early if each.on < deadline] + [each for each in late if each.on >= sent_on]
    return tuple(sorted(steps, key=lambda each: each.on))
