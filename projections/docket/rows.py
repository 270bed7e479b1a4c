"""One item on the council's docket."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from projections.view import Column, Row, View
from suppliers.ports import Actor, Role
from suppliers.review import Outcome, Pack, ReviewState
from suppliers.word import Word


class ConditionState(Word):
    OPEN = "open"
    MET = "met"
    MISSED = "missed"


class ReviewCondition(Row):
    """A condition of an approval, and whether it was kept."""

    index: int
    text: str
    owner: UUID
    due_on: date
    state: ConditionState = ConditionState.OPEN
    evidence: str = ""
    by: UUID | None = None
    at: datetime | None = None


class ReviewRow(Row):
    """A question to the council and its answer. `reason` says why it was deferred or withdrawn."""

    id: UUID
    version: int
    supplier_id: UUID
    use_id: UUID
    assessment_id: UUID | None
    question: str
    pack: Pack
    packed_at: datetime
    barred: tuple[UUID, ...]
    tabled_by: UUID
    tabled_at: datetime
    state: ReviewState
    deferred_until: date | None = None
    reason: str = ""
    outcome: Outcome | None = None
    reasons: str = ""
    conditions: tuple[ReviewCondition, ...] = ()
    valid_until: date | None = None
    seats: tuple[Role, ...] = ()
    decided_by: UUID | None = None
    decided_at: datetime | None = None

    @property
    def next_condition_on(self) -> date | None:
        return min((each.due_on for each in self.conditions if each.state is ConditionState.OPEN), default=None)

    def may_be_decided_by(self, actor: Actor) -> bool:
        """As the review itself says: a seat (the risk manager alone for tier 4), and no stake in it."""
        seated = bool(actor.seats) or (self.pack.tier == 4 and actor.holds(Role.RISK_MANAGER))
        return self.state is ReviewState.TABLED and seated and actor.id not in self.barred


VIEW = View(
    "docket",
    2,
    ReviewRow,
    columns=(
        Column("supplier_id", "uuid", lambda row: row.supplier_id),
        Column("use_id", "uuid", lambda row: row.use_id),
        Column("state", "text", lambda row: row.state),
        Column("tabled_at", "timestamptz", lambda row: row.tabled_at),
        Column("deferred_until", "date", lambda row: row.deferred_until),
        Column("decided_at", "timestamptz", lambda row: row.decided_at),
        Column("next_condition_on", "date", lambda row: row.next_condition_on),
    ),
    indexes=(
        "(supplier_id, tabled_at)",
        "(state, tabled_at, key)",
        "(tabled_at DESC, key DESC)",
        "(decided_at DESC, key DESC) WHERE decided_at IS NOT NULL",
        "(next_condition_on) WHERE next_condition_on IS NOT NULL",
    ),
    days=True,
    day_indexes=("(day, until) INCLUDE (key, supplier_id, state)",),
)
