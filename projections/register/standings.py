"""How a supplier's standing moves in the register."""

from __future__ import annotations

from projections.register.lines import VIEW, Line, moved, stepped
from projections.view import but
from suppliers.ports import Recorded
from suppliers.supplier import Standing, Supplier


@VIEW.on(Supplier.OnboardingStarted)
def onboarding_started(line: Line, event: Supplier.OnboardingStarted, recorded: Recorded) -> Line:
    return moved(line, event, Standing.ONBOARDING)


@VIEW.on(Supplier.Approved)
def approved(line: Line, event: Supplier.Approved, recorded: Recorded) -> Line:
    return moved(line, event, Standing.APPROVED)


@VIEW.on(Supplier.ApprovedWithConditions)
def approved_with_conditions(line: Line, event: Supplier.ApprovedWithConditions, recorded: Recorded) -> Line:
    return moved(line, event, Standing.CONDITIONAL)


@VIEW.on(Supplier.Declined)
def declined(line: Line, event: Supplier.Declined, recorded: Recorded) -> Line:
    return moved(line, event, Standing.DECLINED, event.reason)


@VIEW.on(Supplier.Suspended)
def suspended(line: Line, event: Supplier.Suspended, recorded: Recorded) -> Line:
    after = moved(line, event, Standing.SUSPENDED, event.reason)
    return but(after, before_suspension=line.standing, ratify_by=event.ratify_by)


@VIEW.on(Supplier.SuspensionRatified)
def ratified(line: Line, event: Supplier.SuspensionRatified, recorded: Recorded) -> Line:
    return stepped(line, event, ratify_by=None)


@VIEW.on(Supplier.SuspensionLapsed)
def lapsed(line: Line, event: Supplier.SuspensionLapsed, recorded: Recorded) -> Line:
    return resumed(line, event, "The council did not ratify the suspension in time.")


@VIEW.on(Supplier.Reinstated)
def reinstated(line: Line, event: Supplier.Reinstated, recorded: Recorded) -> Line:
    return resumed(line, event, event.reason)


@VIEW.on(Supplier.OffboardingStarted)
def offboarding_started(line: Line, event: Supplier.OffboardingStarted, recorded: Recorded) -> Line:
    after = moved(line, event, Standing.OFFBOARDING)
    return but(after, exit_plan=event.exit_plan, before_suspension=None, ratify_by=None)


@VIEW.on(Supplier.Offboarded)
def offboarded(line: Line, event: Supplier.Offboarded, recorded: Recorded) -> Line:
    return but(moved(line, event, Standing.OFFBOARDED), certificate=event.certificate)


@VIEW.on(Supplier.Reproposed)
def reproposed(line: Line, event: Supplier.Reproposed, recorded: Recorded) -> Line:
    after = moved(line, event, Standing.PROPOSED, event.reason)
    return but(after, sanctions_clean=None, sanctions_checked_at=None, sanctions_note="")


def resumed(line: Line, event: Supplier.Event, reason: str) -> Line:
    """Back to the standing before the suspension."""
    after = moved(line, event, line.before_suspension or Standing.ONBOARDING, reason)
    return but(after, before_suspension=None, ratify_by=None)
