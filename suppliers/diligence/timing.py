"""Reminders, more time, and the due date that passed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from suppliers.assessment import Assessment
from suppliers.entitlement import BUYERS, allow, allow_system
from suppliers.ports import Command, Desk, Handlers


class RemindVendor(Command):
    """Reach a step of the reminder schedule."""

    retried = True
    assessment_id: UUID
    step: str


class NoteReminderSent(Command):
    """Note that the mail server took the reminder."""

    retried = True
    assessment_id: UUID
    step: str
    letter: str


class ExtendDeadline(Command):
    """Give the vendor more time."""

    assessment_id: UUID
    due_on: date
    reason: str


class MarkOverdue(Command):
    """Note that the due date passed."""

    retried = True
    assessment_id: UUID


def remind_vendor(command: RemindVendor, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    desk.get(Assessment, command.assessment_id).remind(command.step, at=desk.now)


def note_reminder_sent(command: NoteReminderSent, desk: Desk) -> None:
    allow_system(desk.actor)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.note_reminder(step=command.step, letter=command.letter, at=desk.now)


def extend_deadline(command: ExtendDeadline, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.extend(command.due_on, reason=command.reason, by=desk.actor.id, at=desk.now)


def mark_overdue(command: MarkOverdue, desk: Desk) -> None:
    allow_system(desk.actor)
    desk.get(Assessment, command.assessment_id).mark_overdue(at=desk.now)


HANDLERS: Handlers = {
    RemindVendor: remind_vendor,
    NoteReminderSent: note_reminder_sent,
    ExtendDeadline: extend_deadline,
    MarkOverdue: mark_overdue,
}
