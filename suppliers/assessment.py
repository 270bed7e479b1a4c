"""An assessment: one questionnaire sent, answered, submitted and reviewed (a round)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from suppliers.aggregate import Aggregate, Created
from suppliers.errors import (
    AlreadySent,
    AnswerOvertaken,
    AnswersClosed,
    AssessmentEnded,
    DueDateNotLater,
    Ignored,
    LinkInvalid,
    NotSubmitted,
    NotYetSent,
    StatementMissing,
    UnknownEvidence,
)
from suppliers.reason import said
from suppliers.use import Fact
from suppliers.word import Word

LAPSES_AFTER = timedelta(days=30)
"""A round nobody submitted lapses this long after its due date (domain reference, 8.3)."""


class AssessmentState(Word):
    OPENED = "opened"
    SENDING = "sending"
    SENT = "sent"
    BEGUN = "begun"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


WITH_VENDOR = frozenset(
    {AssessmentState.SENDING, AssessmentState.SENT, AssessmentState.BEGUN, AssessmentState.RETURNED}
)
FINISHED = frozenset({AssessmentState.CLOSED, AssessmentState.WITHDRAWN, AssessmentState.LAPSED})


class Verdict(Word):
    """What a reviewer makes of an answer and its evidence."""

    ACCEPTED = "accepted"
    INDEPENDENT = "independent"
    WEAK = "weak"
    CONTRADICTED = "contradicted"
    CHALLENGED = "challenged"


class QuestionnaireRef(BaseModel):
    """A questionnaire at one frozen version."""

    model_config = ConfigDict(frozen=True)

    id: str
    version: str


class Answer(BaseModel):
    """One question's present answer; `revision` counts up with every change of it."""

    model_config = ConfigDict(frozen=True)

    value: Any = None
    note: str = ""
    revision: int
    by: UUID
    at: datetime


class Evidence(BaseModel):
    """A file that supports an answer. `size` in bytes; the bytes are stored under their SHA-256."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    question: str
    filename: str
    media_type: str
    size: int
    sha256: str
    dated: date | None = None
    by: UUID
    at: datetime


class RaisedFlag(BaseModel):
    """A red flag or knock-out that an answer raised; `key` is unique within the assessment."""

    model_config = ConfigDict(frozen=True)

    key: str
    question: str
    severity: str
    effect: str
    note: str


class AnswerReview(BaseModel):
    """A reviewer's verdict; `score` in [0, 1] where the question asks the reviewer for one."""

    model_config = ConfigDict(frozen=True)

    verdict: Verdict
    score: float | None = None
    reason: str = ""
    by: UUID


class Assessment(Aggregate):
    """One round of due-diligence questions about one use."""

    CARRIED: ClassVar[tuple[str, ...]] = ("supplier_id", "use_id")

    class Event(Aggregate.Event):
        """A fact about an assessment."""

        supplier_id: UUID
        use_id: UUID

    class Opened(Event, Created):
        """A round was prepared; questionnaire version and facts are frozen with it."""

        subject_id: UUID
        questionnaire: QuestionnaireRef
        facts: Mapping[str, Fact]
        contact: UUID
        due_on: date
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.supplier_id, assessment.use_id, assessment.subject_id = (
                self.supplier_id,
                self.use_id,
                self.subject_id,
            )
            assessment.questionnaire, assessment.facts, assessment.contact = (
                self.questionnaire,
                self.facts,
                self.contact,
            )
            assessment.due_on, assessment.opened_by, assessment.state = self.due_on, self.by, AssessmentState.OPENED
            assessment.link, assessment.link_expires_at, assessment.overdue = 0, None, False
            assessment.answers, assessment.evidence, assessment.reviews = {}, {}, {}
            assessment.flags, assessment.reminders, assessment.submitted_at = {}, frozenset(), None
            assessment.submission = assessment.clarification = assessment.more_time = None

    class SendingRequested(Event):
        """Somebody pressed send; the letter is owed."""

        link: int
        link_expires_at: datetime
        message: str = ""
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.link, assessment.link_expires_at = self.link, self.link_expires_at
            assessment.state = AssessmentState.SENDING

    class QuestionnaireSent(Event):
        """The mail server took the invitation."""

        link: int
        to: UUID
        letter: str

        def apply(self, assessment: Assessment) -> None:
            if assessment.state is AssessmentState.SENDING:
                assessment.state = AssessmentState.SENT

    class QuestionnaireBounced(Event):
        """The mail server refused the invitation for good."""

        link: int
        code: int
        text: str

        def apply(self, assessment: Assessment) -> None:
            if assessment.state is AssessmentState.SENDING:
                assessment.state = AssessmentState.OPENED

    class LinkRenewed(Event):
        """A new link was asked for; every earlier one stopped working, and the letter is owed."""

        link: int
        link_expires_at: datetime
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.link, assessment.link_expires_at = self.link, self.link_expires_at

    class LinkRevoked(Event):
        """The link stopped working and no other took its place."""

        reason: str
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.link_expires_at = None

    class ContactChanged(Event):
        """Somebody else at the vendor answers now."""

        contact: UUID
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.contact = self.contact

    class ReminderDue(Event):
        """A step of the reminder schedule was reached; the letter is owed."""

        step: str

        def apply(self, assessment: Assessment) -> None:
            assessment.reminders = assessment.reminders | {self.step}

    class ReminderSent(Event):
        """The mail server took the reminder."""

        step: str
        letter: str

    class Begun(Event):
        """The vendor opened the questionnaire."""

        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.state = AssessmentState.BEGUN

    class AnswerRecorded(Event):
        """The vendor answered a question, or changed its answer."""

        question: str
        value: Any = None
        note: str = ""
        revision: int
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.answers[self.question] = Answer(
                value=self.value, note=self.note, revision=self.revision, by=self.by, at=self.timestamp
            )
            assessment.reviews.pop(self.question, None)

    class AnswerWithdrawn(Event):
        """The vendor took an answer back."""

        question: str
        revision: int
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.answers[self.question] = Answer(revision=self.revision, by=self.by, at=self.timestamp)
            assessment.reviews.pop(self.question, None)

    class EvidenceAttached(Event):
        """The vendor attached a file to a question."""

        evidence: Evidence

        def apply(self, assessment: Assessment) -> None:
            assessment.evidence[self.evidence.id] = self.evidence

    class EvidenceRemoved(Event):
        """The vendor took a file back before submitting."""

        evidence_id: UUID
        question: str
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.evidence.pop(self.evidence_id, None)

    class Submitted(Event):
        """The vendor submitted, with a named officer's statement that the answers are true and complete."""

        PERSONAL: ClassVar[Mapping[str, str]] = {"officer_name": "by"}
        officer_name: str
        officer_title: str
        statement: str
        answers_sha256: str
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.state, assessment.submitted_at = AssessmentState.SUBMITTED, self.timestamp
            assessment.submission, assessment.overdue = self, False

    class FlagRaised(Event):
        """An answer fulfils the condition of a red flag or a knock-out."""

        flag: RaisedFlag

        def apply(self, assessment: Assessment) -> None:
            assessment.flags[self.flag.key] = self.flag

    class FlagCleared(Event):
        """A reviewer found that the flag does not stand, or that its cause is gone."""

        key: str
        reason: str
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.flags.pop(self.key, None)

    class AnswerReviewed(Event):
        """A reviewer judged an answer and its evidence."""

        question: str
        review: AnswerReview

        def apply(self, assessment: Assessment) -> None:
            assessment.reviews[self.question] = self.review

    class Returned(Event):
        """The answers went back to the vendor for clarification."""

        reason: str
        questions: tuple[str, ...]
        due_on: date
        link: int
        link_expires_at: datetime
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.state, assessment.due_on = AssessmentState.RETURNED, self.due_on
            assessment.link, assessment.link_expires_at = self.link, self.link_expires_at
            assessment.reminders, assessment.overdue, assessment.flags = frozenset(), False, {}
            assessment.clarification = self

    class MoreTimeAsked(Event):
        """The vendor asked for more time."""

        until: date
        reason: str
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.more_time = self

    class DeadlineExtended(Event):
        """The vendor got more time."""

        was_due: date
        due_on: date
        link_expires_at: datetime
        reason: str
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.due_on, assessment.overdue, assessment.reminders = self.due_on, False, frozenset()
            if assessment.link_expires_at is not None:
                assessment.link_expires_at = self.link_expires_at

    class BecameOverdue(Event):
        """The due date passed without a submission."""

        due_on: date

        def apply(self, assessment: Assessment) -> None:
            assessment.overdue = True

    class Closed(Event):
        """The review of the answers is complete."""

        summary: str
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.state = AssessmentState.CLOSED

    class Withdrawn(Event):
        """We no longer need these answers."""

        reason: str
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.state, assessment.link_expires_at = AssessmentState.WITHDRAWN, None

    class Lapsed(Event):
        """Nobody answered within thirty days after the due date."""

        def apply(self, assessment: Assessment) -> None:
            assessment.state, assessment.link_expires_at = AssessmentState.LAPSED, None

    supplier_id: UUID
    use_id: UUID
    subject_id: UUID
    questionnaire: QuestionnaireRef
    facts: Mapping[str, Fact]
    contact: UUID
    due_on: date
    opened_by: UUID
    state: AssessmentState
    link: int
    link_expires_at: datetime | None
    overdue: bool
    answers: dict[str, Answer]
    evidence: dict[UUID, Evidence]
    reviews: dict[str, AnswerReview]
    flags: dict[str, RaisedFlag]
    reminders: frozenset[str]
    submitted_at: datetime | None
    submission: Submitted | None
    """The latest: who vouched for the answers, and the hash of what was handed in."""
    clarification: Returned | None
    """The latest: why the answers came back, and which."""
    more_time: MoreTimeAsked | None

    @classmethod
    def open(
        cls,
        *,
        id: UUID,
        supplier_id: UUID,
        use_id: UUID,
        subject_id: UUID,
        questionnaire: QuestionnaireRef,
        facts: Mapping[str, Fact],
        contact: UUID,
        due_on: date,
        by: UUID,
        at: datetime,
    ) -> Assessment:
        """Prepare a round; nothing leaves us until it is sent."""
        if due_on <= at.date():
            raise DueDateNotLater
        return cls._create(
            cls.Opened,
            id=id,
            supplier_id=supplier_id,
            use_id=use_id,
            subject_id=subject_id,
            questionnaire=questionnaire,
            facts=facts,
            contact=contact,
            due_on=due_on,
            by=by,
            timestamp=at,
        )

    @property
    def values(self) -> dict[str, Any]:
        """Question id -> present answer, without those taken back."""
        return {id: answer.value for id, answer in self.answers.items() if answer.value is not None}

    @property
    def finished(self) -> bool:
        return self.state in FINISHED

    @property
    def with_vendor(self) -> bool:
        return self.state in WITH_VENDOR

    # -- sending -------------------------------------------------------------------------------

    def send(self, *, message: str, by: UUID, at: datetime) -> None:
        """Ask for the invitation to be mailed; after a bounce it may be asked again."""
        if self.state is not AssessmentState.OPENED:
            self._going()
            raise AlreadySent
        if self.due_on < at.date():
            raise DueDateNotLater
        self.record(
            self.SendingRequested,
            link=self.link + 1,
            link_expires_at=self._link_end(self.due_on, at),
            message=message.strip(),
            by=by,
            at=at,
        )

    def note_sent(self, *, link: int, to: UUID, letter: str, at: datetime) -> None:
        self.record(self.QuestionnaireSent, link=link, to=to, letter=letter, at=at)

    def note_bounced(self, *, link: int, code: int, text: str, at: datetime) -> None:
        self.record(self.QuestionnaireBounced, link=link, code=code, text=text, at=at)

    def renew_link(self, *, by: UUID, at: datetime) -> None:
        """Mail a new link; earlier ones stop working."""
        self._with_vendor()
        self.record(self.LinkRenewed, link=self.link + 1, link_expires_at=self._link_end(self.due_on, at), by=by, at=at)

    def revoke_link(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._going()
        if self.link_expires_at is None:
            raise Ignored
        self.record(self.LinkRevoked, reason=said(reason), by=by, at=at)

    def change_contact(self, contact: UUID, *, by: UUID, at: datetime) -> None:
        self._going()
        if contact == self.contact:
            raise Ignored
        self.record(self.ContactChanged, contact=contact, by=by, at=at)

    def link_works(self, link: int, *, at: datetime) -> bool:
        """Whether a link of this generation opens the questionnaire (read-only after submission)."""
        return link == self.link and self.link_expires_at is not None and at < self.link_expires_at

    def remind(self, step: str, *, at: datetime) -> None:
        """Reach a step of the reminder schedule, once."""
        self._with_vendor()
        if step in self.reminders:
            raise Ignored
        self.record(self.ReminderDue, step=step, at=at)

    def note_reminder(self, *, step: str, letter: str, at: datetime) -> None:
        self.record(self.ReminderSent, step=step, letter=letter, at=at)

    # -- answering -----------------------------------------------------------------------------

    def begin(self, *, link: int, by: UUID, at: datetime) -> None:
        """The vendor starts, or goes on: only the first time is a fact."""
        if not self.link_works(link, at=at):
            raise LinkInvalid
        if self.state in {AssessmentState.SENT, AssessmentState.SENDING, AssessmentState.RETURNED}:
            self.record(self.Begun, by=by, at=at)

    def answer(self, question: str, *, value: Any, note: str, seen: int, by: UUID, at: datetime) -> None:
        """Record an answer already checked against the questionnaire; `seen` is the revision its author saw."""
        self._answering()
        present = self.answers.get(question)
        if present is not None and (present.value, present.note) == (value, note):
            raise Ignored
        self._unchanged_since(question, seen)
        self.record(self.AnswerRecorded, question=question, value=value, note=note, revision=seen + 1, by=by, at=at)

    def withdraw_answer(self, question: str, *, seen: int, by: UUID, at: datetime) -> None:
        self._answering()
        present = self.answers.get(question)
        if present is None or present.value is None:
            raise Ignored
        self._unchanged_since(question, seen)
        self.record(self.AnswerWithdrawn, question=question, revision=seen + 1, by=by, at=at)

    def attach(self, evidence: Evidence, *, at: datetime) -> None:
        self._answering()
        if evidence.id in self.evidence:
            raise Ignored
        self.record(self.EvidenceAttached, evidence=evidence, at=at)

    def remove_evidence(self, evidence_id: UUID, *, by: UUID, at: datetime) -> None:
        self._answering()
        if evidence_id not in self.evidence:
            raise UnknownEvidence
        question = self.evidence[evidence_id].question
        self.record(self.EvidenceRemoved, evidence_id=evidence_id, question=question, by=by, at=at)

    def submit(
        self,
        *,
        officer_name: str,
        officer_title: str,
        statement: str,
        answers_sha256: str,
        flags: tuple[RaisedFlag, ...],
        by: UUID,
        at: datetime,
    ) -> None:
        """Close the answers under a named officer's statement, and raise the flags they fulfil."""
        self._answering()
        if not officer_name.strip() or not officer_title.strip():
            raise StatementMissing
        self.record(
            self.Submitted,
            officer_name=officer_name.strip(),
            officer_title=officer_title.strip(),
            statement=statement,
            answers_sha256=answers_sha256,
            by=by,
            at=at,
        )
        for flag in flags:
            self.record(self.FlagRaised, flag=flag, at=at)

    def ask_for_time(self, until: date, *, reason: str, by: UUID, at: datetime) -> None:
        self._answering()
        if until <= self.due_on or until <= at.date():
            raise DueDateNotLater
        self.record(self.MoreTimeAsked, until=until, reason=said(reason), by=by, at=at)

    # -- reviewing -----------------------------------------------------------------------------

    def review_answer(self, question: str, review: AnswerReview, *, at: datetime) -> None:
        self._submitted()
        if self.reviews.get(question) == review:
            raise Ignored
        if review.verdict in {Verdict.WEAK, Verdict.CONTRADICTED, Verdict.CHALLENGED}:
            said(review.reason)
        self.record(self.AnswerReviewed, question=question, review=review, at=at)

    def clear_flag(self, key: str, *, reason: str, by: UUID, at: datetime) -> None:
        if key not in self.flags:
            raise Ignored
        self.record(self.FlagCleared, key=key, reason=said(reason), by=by, at=at)

    def give_back(self, *, reason: str, questions: tuple[str, ...], due_on: date, by: UUID, at: datetime) -> None:
        """Return the answers for clarification, with a new due date and a new link."""
        self._submitted()
        if due_on <= at.date():
            raise DueDateNotLater
        self.record(
            self.Returned,
            reason=said(reason),
            questions=questions,
            due_on=due_on,
            link=self.link + 1,
            link_expires_at=self._link_end(due_on, at),
            by=by,
            at=at,
        )

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

    def close(self, *, summary: str, by: UUID, at: datetime) -> None:
        self._submitted()
        self.record(self.Closed, summary=summary.strip(), by=by, at=at)

    def withdraw(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._going()
        self.record(self.Withdrawn, reason=said(reason), by=by, at=at)

    # -- time ----------------------------------------------------------------------------------

    def mark_overdue(self, *, at: datetime) -> None:
        if self.state not in WITH_VENDOR or self.overdue or at.date() <= self.due_on:
            raise Ignored
        self.record(self.BecameOverdue, due_on=self.due_on, at=at)

    def lapse(self, *, at: datetime) -> None:
        if self.state not in WITH_VENDOR or at.date() <= self.due_on + LAPSES_AFTER:
            raise Ignored
        self.record(self.Lapsed, at=at)

    # -- guards --------------------------------------------------------------------------------

    @staticmethod
    def _link_end(due_on: date, at: datetime) -> datetime:
        """A link outlives the due date, so that a late vendor can still answer, until the round lapses."""
        return datetime.combine(due_on + LAPSES_AFTER + timedelta(days=1), datetime.min.time(), tzinfo=at.tzinfo)

    def _going(self) -> None:
        if self.state in FINISHED:
            raise AssessmentEnded

    def _with_vendor(self) -> None:
        self._going()
        if self.state not in WITH_VENDOR:
            raise NotYetSent if self.state is AssessmentState.OPENED else AnswersClosed

    def _answering(self) -> None:
        self._with_vendor()
        if self.state is not AssessmentState.BEGUN:
            raise NotYetSent

    def _submitted(self) -> None:
        self._going()
        if self.state is not AssessmentState.SUBMITTED:
            raise NotSubmitted

    def _unchanged_since(self, question: str, seen: int) -> None:
        present = self.answers.get(question)
        if (present.revision if present else 0) != seen:
            raise AnswerOvertaken
