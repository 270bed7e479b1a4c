"""A use before the council, and short words for deciding on it."""

from __future__ import annotations

from uuid import UUID

from desk import LEGAL, RISK, MemoryDesk
from story import closed, onboarded, with_use
from suppliers.governance import DecideReview, TableReview
from suppliers.ports import Actor
from suppliers.review import Outcome, Pack
from suppliers.supplier import Supplier
from suppliers.use import Use

PACK = Pack(
    position=100,
    policy="scoring_policy@1",
    tier=2,
    band="watch",
    residual=40.0,
    confidence=0.8,
    within_appetite=True,
)


class Council:
    """A tabled use, and short words for deciding on it."""

    def __init__(self, desk: MemoryDesk, pack: Pack = PACK) -> None:
        self.desk = desk
        self.supplier_id = onboarded(desk)
        self.use_id = with_use(desk, self.supplier_id)
        closed(desk, self.use_id)
        self.pack = pack
        table = TableReview(use_id=self.use_id, question="Use it for claims?", pack=pack)
        desk.hand_in(table, by=RISK)
        self.review_id: UUID = table.review_id

    def decide(self, outcome: Outcome = Outcome.APPROVE, *, by: Actor = LEGAL, **more: object) -> list[str]:
        facts = {"reasons": "Evidence is sound.", "current": self.pack, **more}
        return self.desk.hand_in(DecideReview(review_id=self.review_id, outcome=outcome, **facts), by=by)  # type: ignore[arg-type]

    @property
    def use(self) -> Use:
        return self.desk.get(Use, self.use_id)

    @property
    def supplier(self) -> Supplier:
        return self.desk.get(Supplier, self.supplier_id)
