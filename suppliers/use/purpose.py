"""What is known of a use, and what its state allows."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from suppliers.aggregate import Aggregate
from suppliers.errors import AlreadyRetired
from suppliers.eu_ai_act import Classification, EuClass
from suppliers.use.intake import Intake
from suppliers.use.rating import Rating
from suppliers.use.states import IN_USE, SubjectKind, UseState


class Purpose(Aggregate, part=True):
    """What every activity about a use rests on."""

    CARRIED: ClassVar[tuple[str, ...]] = ("supplier_id",)

    class Event(Aggregate.Event):
        """A fact about a use."""

        supplier_id: UUID

    supplier_id: UUID
    subject_id: UUID
    subject_kind: SubjectKind
    title: str
    purpose: str
    requester: UUID
    state: UseState
    intake: Intake | None
    rating: Rating | None
    tier: int | None
    classification: Classification | None
    class_confirmed: bool
    assessment_id: UUID | None
    review_id: UUID | None
    """What the council was asked last."""
    approved_until: date | None
    before_suspension: UseState
    reassessed_on: date | None

    @property
    def eu_class(self) -> EuClass:
        return self.classification.eu_class if self.classification else EuClass.UNCLASSIFIED

    @property
    def in_use(self) -> bool:
        return self.state in IN_USE

    def _live(self) -> None:
        if self.state is UseState.RETIRED:
            raise AlreadyRetired
