"""The aggregate: all that can happen to a use."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.aggregate import Created
from suppliers.use.approving import Approving
from suppliers.use.assessing import Assessing
from suppliers.use.classifying import Classifying
from suppliers.use.purpose import Purpose
from suppliers.use.states import SubjectKind, UseState
from suppliers.use.stopping import Stopping
from suppliers.use.tiering import Tiering


class Use(Classifying, Tiering, Assessing, Approving, Stopping):
    """A purpose for which we use one subject of one supplier."""

    class Described(Purpose.Event, Created):
        """Someone wants to use a subject for a purpose."""

        subject_id: UUID
        subject_kind: SubjectKind
        title: str
        purpose: str
        requester: UUID

        def apply(self, use: Purpose) -> None:
            use.supplier_id, use.subject_id, use.subject_kind = self.supplier_id, self.subject_id, self.subject_kind
            use.title, use.purpose, use.requester = self.title, self.purpose, self.requester
            use.intake = use.rating = use.classification = use.tier = use.approved_until = use.assessment_id = None
            use.class_confirmed, use.state, use.before_suspension = False, UseState.DESCRIBED, UseState.DESCRIBED
            use.reassessed_on = use.review_id = None

    @classmethod
    def describe(
        cls,
        *,
        id: UUID,
        supplier_id: UUID,
        subject_id: UUID,
        subject_kind: SubjectKind,
        title: str,
        purpose: str,
        requester: UUID,
        at: datetime,
    ) -> Use:
        """Say what we want to use a subject for."""
        return cls._create(
            cls.Described,
            id=id,
            supplier_id=supplier_id,
            subject_id=subject_id,
            subject_kind=subject_kind,
            title=title,
            purpose=purpose,
            requester=requester,
            timestamp=at,
        )
