"""How a round goes its way: prepared, sent, submitted, returned, closed."""

from __future__ import annotations

from typing import Any

from projections.assessments.rows import VIEW, AssessmentRow
from projections.view import but, new
from suppliers.assessment import Assessment, AssessmentState
from suppliers.ports import Recorded


@VIEW.on(Assessment.Opened)
def opened(_: None, event: Assessment.Opened, recorded: Recorded) -> AssessmentRow:
    return new(
        AssessmentRow,
        id=event.originator_id,
        version=event.originator_version,
        supplier_id=event.supplier_id,
        use_id=event.use_id,
        subject_id=event.subject_id,
        questionnaire=event.questionnaire,
        facts=event.facts,
        state=AssessmentState.OPENED,
        since=event.timestamp,
        due_on=event.due_on,
        contact=event.contact,
        opened_by=event.by,
        opened_at=event.timestamp,
        last_activity=event.timestamp,
    )


@VIEW.on(Assessment.SendingRequested)
def sending(row: AssessmentRow, event: Assessment.SendingRequested, recorded: Recorded) -> AssessmentRow:
    link = {"link": event.link, "link_expires_at": event.link_expires_at}
    return moved(row, event, AssessmentState.SENDING, message=event.message, bounce="", **link)


@VIEW.on(Assessment.QuestionnaireSent)
def sent(row: AssessmentRow, event: Assessment.QuestionnaireSent, recorded: Recorded) -> AssessmentRow:
    if row.state is AssessmentState.SENDING:
        return moved(row, event, AssessmentState.SENT, sent_at=event.timestamp)
    return changed(row, event, sent_at=row.sent_at or event.timestamp)


@VIEW.on(Assessment.QuestionnaireBounced)
def bounced(row: AssessmentRow, event: Assessment.QuestionnaireBounced, recorded: Recorded) -> AssessmentRow:
    bounce = f"{event.code} {event.text}".strip()
    if row.state is AssessmentState.SENDING:
        return moved(row, event, AssessmentState.OPENED, bounce=bounce)
    return changed(row, event, bounce=bounce)


@VIEW.on(Assessment.LinkRenewed)
def link_renewed(row: AssessmentRow, event: Assessment.LinkRenewed, recorded: Recorded) -> AssessmentRow:
    return changed(row, event, link=event.link, link_expires_at=event.link_expires_at)


@VIEW.on(Assessment.LinkRevoked)
def link_revoked(row: AssessmentRow, event: Assessment.LinkRevoked, recorded: Recorded) -> AssessmentRow:
    return changed(row, event, link_expires_at=None)


@VIEW.on(Assessment.ContactChanged)
def contact_changed(row: AssessmentRow, event: Assessment.ContactChanged, recorded: Recorded) -> AssessmentRow:
    return changed(row, event, contact=event.contact)


@VIEW.on(Assessment.ReminderDue)
def reminder_due(row: AssessmentRow, event: Assessment.ReminderDue, recorded: Recorded) -> AssessmentRow:
    return changed(row, event)


@VIEW.on(Assessment.ReminderSent)
def reminded(row: AssessmentRow, event: Assessment.ReminderSent, recorded: Recorded) -> AssessmentRow:
    return changed(row, event, reminders_sent=row.reminders_sent + 1, last_reminder_at=event.timestamp)


@VIEW.on(Assessment.Begun)
def begun(row: AssessmentRow, event: Assessment.Begun, recorded: Recorded) -> AssessmentRow:
    return moved(row, event, AssessmentState.BEGUN, begun_at=row.begun_at or event.timestamp)


@VIEW.on(Assessment.Submitted)
def submitted(row: AssessmentRow, event: Assessment.Submitted, recorded: Recorded) -> AssessmentRow:
    who = {"submitted_at": event.timestamp, "submitted_by": event.by}
    return moved(row, event, AssessmentState.SUBMITTED, overdue=False, more_time=None, more_time_reason="", **who)


@VIEW.on(Assessment.Returned)
def returned(row: AssessmentRow, event: Assessment.Returned, recorded: Recorded) -> AssessmentRow:
    link = {"link": event.link, "link_expires_at": event.link_expires_at}
    asked = {"reason": event.reason, "returned_questions": event.questions, "due_on": event.due_on}
    return moved(row, event, AssessmentState.RETURNED, overdue=False, flags={}, **asked, **link)


@VIEW.on(Assessment.MoreTimeAsked)
def more_time_asked(row: AssessmentRow, event: Assessment.MoreTimeAsked, recorded: Recorded) -> AssessmentRow:
    return changed(row, event, more_time=event.until, more_time_reason=event.reason)


@VIEW.on(Assessment.DeadlineExtended)
def extended(row: AssessmentRow, event: Assessment.DeadlineExtended, recorded: Recorded) -> AssessmentRow:
    expires = row.link_expires_at and event.link_expires_at
    answered = {"more_time": None, "more_time_reason": ""}
    return changed(row, event, due_on=event.due_on, overdue=False, link_expires_at=expires, **answered)


@VIEW.on(Assessment.BecameOverdue)
def overdue(row: AssessmentRow, event: Assessment.BecameOverdue, recorded: Recorded) -> AssessmentRow:
    return changed(row, event, overdue=True)


@VIEW.on(Assessment.Closed)
def closed(row: AssessmentRow, event: Assessment.Closed, recorded: Recorded) -> AssessmentRow:
    return moved(row, event, AssessmentState.CLOSED, ended_at=event.timestamp, reason=event.summary)


@VIEW.on(Assessment.Withdrawn)
def withdrawn(row: AssessmentRow, event: Assessment.Withdrawn, recorded: Recorded) -> AssessmentRow:
    end = {"ended_at": event.timestamp, "reason": event.reason, "link_expires_at": None}
    return moved(row, event, AssessmentState.WITHDRAWN, **end)


@VIEW.on(Assessment.Lapsed)
def lapsed(row: AssessmentRow, event: Assessment.Lapsed, recorded: Recorded) -> AssessmentRow:
    return moved(row, event, AssessmentState.LAPSED, ended_at=event.timestamp, link_expires_at=None)


def changed(row: AssessmentRow, event: Any, **changes: Any) -> AssessmentRow:
    return but(row, version=event.originator_version, last_activity=event.timestamp, **changes)


def moved(row: AssessmentRow, event: Any, state: AssessmentState, **changes: Any) -> AssessmentRow:
    return changed(row, event, state=state, since=event.timestamp, **changes)
