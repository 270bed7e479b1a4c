"""The due date: reminders of it, more time, and its passing."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from suppliers.assessment.round import Round
from suppliers.assessment.states import WITH_VENDOR
from suppliers.errors import DueDateNotLater, Ignored
from suppliers.reason import said


class Timing(Round, part=True):
    """What time does to a round, and what is done about it."""

    class ReminderDue(Round.Event):
        """A step of the reminder schedule was reached; the letter is owed."""

        step: str

        def apply(self, assessment: Round) -> None:
            assessment.reminders = assessment.reminders | {self.step}

    class ReminderSent(Round.Event):
        """The mail server took the reminder."""

        step: str
        letter: str

    class MoreTimeAsked(Round.Event):
        """The vendor asked for more time."""

        until: date
        reason: str
        by: UUID

        def apply(self, assessment: Timing) -> None:
            assessment.more_time = self

    class DeadlineExtended(Round.Event):
        """The vendor got more time."""

        was_due: date
        due_on: date
        link_expires_at: datetime
        reason: str
        by: UUID

        def apply(self, assessment: Round) -> None:
            assessment.due_on, assessment.overdue, assessment.reminders = self.due_on, False, frozenset()
            if assessment.link_expires_at is not None:
                assessment.link_expires_at = self.link_expires_at

    class BecameOverdue(Round.Event):
        """The due date passed without a submission."""

        due_on: date

        def apply(self, assessment: Round) -> None:
            assessment.overdue = True

    more_time: MoreTimeAsked | None

    def remind(self, step: str, *, at: datetime) -> None:
        """Reach a step of the reminder schedule, once."""
        self._with_vendor()
        if step in self.reminders:
            raise Ignored
        self.record(self.ReminderDue, step=step, at=at)

    def note_reminder(self, *, step: str, letter: str, at: datetime) -> None:
        self.record(self.ReminderSent, step=step, letter=letter, at=at)

    def ask_for_time(self, until: date, *, reason: str, by: UUID, at: datetime) -> None:
        self._answering()
        if until <= self.due_on or until <= at.date():
            raise DueDateNotLater
        self.record(self.MoreTimeAsked, until=until, reason=said(reason), by=by, at=at)

    def extend(self, due_on: date, *, reason: str, by: UUID, at: datetime) -> None:
        self._with_vendor()
        if due_on <= self.due_on or due_on <= at.date():
            raise DueDateNotLater
        self.record(
            self.DeadlineExtended,
            was_due=self.due_on,
            due_on=due_on,
            link_expires_at=self._link_end(due_on, at),
            reason=said(reason),
            by=by,
            at=at,
        )

    def mark_overdue(self, *, at: datetime) -> None:
        if self.state not in WITH_VENDOR or self.overdue or at.date() <= self.due_on:
            raise Ignored
        self.record(self.BecameOverdue, due_on=self.due_on, at=at)
