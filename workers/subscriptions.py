"""What follows from what: the table of contents of everything that happens without a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from suppliers.aggregate import DomainEvent
from suppliers.assessment import Assessment
from suppliers.attestation import Attestation
from suppliers.ports import Recorded
from suppliers.review import Review
from workers import decisions, questionnaires, reminders
from workers.workshop import Work, Workshop


@dataclass(frozen=True, slots=True)
class Subscription:
    """Work that follows from facts of some kinds. `name` is the durable consumer's and is never renamed."""

    name: str
    facts: tuple[type[DomainEvent], ...]
    work: Work

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(fact.TOPIC for fact in self.facts)


SUBSCRIPTIONS: Sequence[Subscription] = (
    Subscription("invitations", (Assessment.SendingRequested, Assessment.LinkRenewed), questionnaires.send_invitation),
    Subscription("clarifications", (Assessment.Returned,), questionnaires.send_back),
    Subscription("extensions", (Assessment.DeadlineExtended,), questionnaires.confirm_extension),
    Subscription("withdrawals", (Assessment.Withdrawn,), questionnaires.confirm_withdrawal),
    Subscription("receipts", (Assessment.Submitted,), questionnaires.send_receipt),
    Subscription("owner-notes", (Assessment.Submitted,), questionnaires.tell_owner),
    Subscription("reminders", (Assessment.ReminderDue,), reminders.remind_vendor),
    Subscription("escalations", (Assessment.ReminderDue,), reminders.escalate),
    Subscription("renewals", (Attestation.RenewalRequested,), reminders.ask_renewal),
    Subscription("lapses", (Attestation.Lapsed,), reminders.tell_lapsed),
    Subscription("decisions-vendor", (Review.Decided,), decisions.tell_vendor),
    Subscription("decisions-owner", (Review.Decided,), decisions.tell_owner),
)

TOPICS: tuple[str, ...] = tuple(sorted({topic for each in SUBSCRIPTIONS for topic in each.topics}))


async def follow_up(fact: Recorded, shop: Workshop) -> None:
    """Everything that follows from a fact, for whoever walks the log itself; one failure stops no other work."""
    failures: list[Exception] = []
    for subscription in SUBSCRIPTIONS:
        if fact.topic in subscription.topics:
            try:
                await subscription.work(fact, shop)
            except Exception as failure:
                failures.append(failure)
    if failures:
        raise ExceptionGroup(f"follow-up of position {fact.position}", failures)
