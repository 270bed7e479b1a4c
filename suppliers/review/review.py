"""The aggregate: all that can happen to a question on the docket."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.aggregate import Created
from suppliers.errors import Ignored
from suppliers.reason import said
from suppliers.review.deciding import Deciding
from suppliers.review.outcome import ReviewState
from suppliers.review.pack import Pack
from suppliers.review.question import Question
from suppliers.review.watching import Watching


class Review(Deciding, Watching):
    """One item on the council's docket."""

    class Tabled(Question.Event, Created):
        """The council was asked to decide about a use."""

        question: str
        pack: Pack
        assessment_id: UUID | None
        barred: frozenset[UUID]
        by: UUID

        def apply(self, review: Question) -> None:
            review.supplier_id, review.use_id = self.supplier_id, self.use_id
            review.question, review.pack, review.barred = self.question, self.pack, self.barred
            review.assessment_id, review.state, review.conditions = self.assessment_id, ReviewState.TABLED, ()
            review.met, review.missed, review.outcome = frozenset(), frozenset(), None

    class PackRenewed(Question.Event):
        """The posture moved; the council decides on the present one."""

        pack: Pack
        by: UUID

        def apply(self, review: Question) -> None:
            review.pack = self.pack

    class Withdrawn(Question.Event):
        """The question was taken off the docket."""

        reason: str
        by: UUID

        def apply(self, review: Question) -> None:
            review.state = ReviewState.WITHDRAWN

    @classmethod
    def table(
        cls,
        *,
        id: UUID,
        supplier_id: UUID,
        use_id: UUID,
        question: str,
        pack: Pack,
        assessment_id: UUID | None,
        barred: frozenset[UUID],
        by: UUID,
        at: datetime,
    ) -> Review:
        """Put a question on the docket; `barred` persons (requester, owner) cannot decide it."""
        return cls._create(
            cls.Tabled,
            id=id,
            supplier_id=supplier_id,
            use_id=use_id,
            question=said(question),
            pack=pack,
            assessment_id=assessment_id,
            barred=barred,
            by=by,
            timestamp=at,
        )

    def renew_pack(self, pack: Pack, *, by: UUID, at: datetime) -> None:
        self._open()
        if not self.pack.outdated_by(pack):
            raise Ignored
        self.record(self.PackRenewed, pack=pack, by=by, at=at)

    def withdraw(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._open()
        self.record(self.Withdrawn, reason=said(reason), by=by, at=at)
