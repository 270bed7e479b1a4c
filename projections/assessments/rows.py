"""One round of questions, as a list or a board shows it.

Names of supplier, use and subject are not in here: queries join them from register and dossier, so that a renamed
supplier is renamed everywhere at once and an answer touches one small row.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from projections.assessments.progress import progress
from projections.view import Column, Row, View, but
from suppliers.assessment import FINISHED, WITH_VENDOR, AssessmentState, QuestionnaireRef
from suppliers.questionnaires import Severity
from suppliers.use import Fact
from suppliers.word import Word


class Stage(Word):
    """The columns of the board."""

    PREPARED = "prepared"
    WITH_VENDOR = "with_vendor"
    TO_REVIEW = "to_review"
    FINISHED = "finished"


class OpenFlag(Row):
    question: str
    severity: Severity
    knock_out: bool
    note: str


class AssessmentRow(Row):
    """An assessment. `asked` counts the questions asked given the answers so far, `answered` those with an answer."""

    id: UUID
    version: int
    supplier_id: UUID
    use_id: UUID
    subject_id: UUID
    questionnaire: QuestionnaireRef
    facts: Mapping[str, Fact]
    state: AssessmentState
    since: datetime
    due_on: date
    overdue: bool = False
    contact: UUID
    link: int = 0
    link_expires_at: datetime | None = None
    opened_by: UUID
    opened_at: datetime
    message: str = ""
    sent_at: datetime | None = None
    bounce: str = ""
    """What the mail server said when it refused the invitation."""
    begun_at: datetime | None = None
    submitted_at: datetime | None = None
    submitted_by: UUID | None = None
    ended_at: datetime | None = None
    reason: str = ""
    """Why it was returned or withdrawn, or the reviewers' summary."""
    returned_questions: tuple[str, ...] = ()
    more_time: date | None = None
    more_time_reason: str = ""
    reminders_sent: int = 0
    last_reminder_at: datetime | None = None
    values: Mapping[str, Any] = {}
    """Question -> answer where other questions depend on it, else true."""
    asked: int = 0
    required_open: int = 0
    answered: int = 0
    files: Mapping[str, str] = {}
    """Evidence id -> question."""
    reviewed: tuple[str, ...] = ()
    flags: Mapping[str, OpenFlag] = {}
    last_activity: datetime

    @property
    def stage(self) -> Stage:
        if self.state in FINISHED:
            return Stage.FINISHED
        if self.state in WITH_VENDOR:
            return Stage.WITH_VENDOR
        return Stage.TO_REVIEW if self.state is AssessmentState.SUBMITTED else Stage.PREPARED

    @property
    def waits_for(self) -> Literal["vendor", "us"] | None:
        """Who has to do something next; while more time is asked for, that is us."""
        if self.stage is Stage.FINISHED:
            return None
        return "vendor" if self.stage is Stage.WITH_VENDOR and self.more_time is None else "us"

    @property
    def flags_by_severity(self) -> dict[Severity, int]:
        """How many open flags there are of each severity, the gravest first."""
        found = [flag.severity for flag in self.flags.values()]
        return {each: found.count(each) for each in reversed(Severity) if each in found}

    @property
    def knock_outs(self) -> int:
        return sum(flag.knock_out for flag in self.flags.values())

    @property
    def left_to_review(self) -> int:
        return max(0, self.answered - len(self.reviewed))


def counted(row: AssessmentRow) -> AssessmentRow:
    """The row with its questions counted: not at each answer, but when it is kept."""
    found = progress(row.questionnaire, row.facts, row.values)
    return but(row, asked=found.asked, answered=found.answered, required_open=found.required_open)


VIEW = View(
    "assessments",
    3,
    AssessmentRow,
    columns=(
        Column("supplier_id", "uuid", lambda row: row.supplier_id),
        Column("use_id", "uuid", lambda row: row.use_id),
        Column("state", "text", lambda row: row.state),
        Column("stage", "text", lambda row: row.stage),
        Column("waits_for", "text", lambda row: row.waits_for),
        Column("since", "timestamptz", lambda row: row.since),
        Column("due_on", "date", lambda row: row.due_on),
        Column("overdue", "boolean", lambda row: row.overdue),
        Column("bounced", "boolean", lambda row: bool(row.bounce)),
        Column("opened_at", "timestamptz", lambda row: row.opened_at),
        Column("last_activity", "timestamptz", lambda row: row.last_activity),
        Column("contact", "uuid", lambda row: row.contact),
        Column("opened_by", "uuid", lambda row: row.opened_by),
    ),
    indexes=(
        "(supplier_id, opened_at)",
        "(use_id, opened_at)",
        "(stage, since, key)",
        "(due_on, key)",
        "(due_on, key) WHERE overdue",
        "(last_activity DESC, key DESC) WHERE bounced",
        "(stage, due_on, key)",
        "(state, due_on, key)",
        "(last_activity DESC, key DESC)",
    ),
    finish=counted,
    days=True,
    day_indexes=("(day, until) INCLUDE (key, supplier_id, state, stage, overdue, due_on, last_activity)",),
)
