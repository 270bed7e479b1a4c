"""What is known of a review, and whether it is still open."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from suppliers.aggregate import Aggregate
from suppliers.errors import AlreadyDecided
from suppliers.review.condition import Condition
from suppliers.review.outcome import Outcome, ReviewState
from suppliers.review.pack import Pack


class Question(Aggregate, part=True):
    """What every activity about a review rests on."""

    CARRIED: ClassVar[tuple[str, ...]] = ("supplier_id", "use_id")

    class Event(Aggregate.Event):
        """A fact about a review."""

        supplier_id: UUID
        use_id: UUID

    supplier_id: UUID
    use_id: UUID
    question: str
    pack: Pack
    barred: frozenset[UUID]
    assessment_id: UUID | None
    state: ReviewState
    outcome: Outcome | None
    conditions: tuple[Condition, ...]
    met: frozenset[int]
    missed: frozenset[int]

    @property
    def tabled(self) -> bool:
        """Whether it still waits for its decision."""
        return self.state is ReviewState.TABLED

    def _open(self) -> None:
        if not self.tabled:
            raise AlreadyDecided
