"""One supplier as of a moment: its facts folded by the same folds as the live views, into the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from projections import assessments, docket, dossier, posture, register
from projections.activity import Entry, entry
from projections.asof.judging import judged_on
from projections.asof.moment import Moment
from projections.asof.order import concerned, ordered
from projections.assessments import AssessmentRow
from projections.docket import ReviewRow
from projections.dossier import Dossier
from projections.posture import SupplierPosture
from projections.register import Line
from projections.view import R, View, fold, folded
from suppliers.errors import Refusal
from suppliers.ports import A, Recorded


class CannotBeFolded(Refusal):
    """What was recorded by then cannot be digested by this version of Tierce: how things stood is not known."""

    def __init__(self, supplier_id: UUID, view: View[Any], fault: Exception) -> None:
        super().__init__(f"It is about the supplier {supplier_id} ({view.name}: {type(fault).__name__}).")


class Past:
    """Each part is folded when it is asked for. People's names are not in here: they are today's."""

    def __init__(self, supplier_id: UUID, moment: Moment, facts: Sequence[Recorded]) -> None:
        self.supplier_id = supplier_id
        self.moment = moment
        self.facts = ordered(facts, moment)
        self.reordered: set[str] = set()
        """Views that could not be folded in the order in which things happened, but in that of the record."""
        self._folded: dict[str, Mapping[str, Any]] = {}

    def rows(self, view: View[R]) -> Mapping[str, R]:
        """All that a view would hold of this supplier, by key."""
        if view.name not in self._folded:
            self._folded[view.name] = self._fold(view)
        return self._folded[view.name]

    @property
    def there(self) -> bool:
        """Whether the supplier was on the record."""
        return self.line is not None

    @property
    def line(self) -> Line | None:
        return self.rows(register.VIEW).get(str(self.supplier_id))

    @property
    def dossier(self) -> Dossier | None:
        return self.rows(dossier.VIEW).get(str(self.supplier_id))

    @cached_property
    def posture(self) -> SupplierPosture | None:
        """Judged on the moment's day: evidence ages when nothing happens, too."""
        row = self._fold(posture.VIEW, folded).get(str(self.supplier_id))
        return None if row is None else judged_on(row, self.moment.day)

    @property
    def reviews(self) -> list[ReviewRow]:
        """What the council was asked, the latest first."""
        return sorted(self.rows(docket.VIEW).values(), key=lambda each: each.tabled_at, reverse=True)

    @property
    def rounds(self) -> list[AssessmentRow]:
        """Its assessments, the latest first."""
        return sorted(self.rows(assessments.VIEW).values(), key=lambda each: each.opened_at, reverse=True)

    def review(self, id: UUID) -> ReviewRow | None:
        return self.rows(docket.VIEW).get(str(id))

    def round(self, id: UUID) -> AssessmentRow | None:
        return self.rows(assessments.VIEW).get(str(id))

    def aggregate(self, kind: type[A], id: UUID) -> A | None:
        """One of its records as it was."""
        found: Any = None
        for each in self.facts:
            if each.event.originator_id == id:
                found = each.event.mutate(found)
        return found if isinstance(found, kind) else None

    def entries(self) -> list[Entry]:
        """What had happened, the latest first."""
        return [entry(each) for each in reversed(self.facts)]

    def _fold(
        self, view: View[R], fold: Callable[[View[R], Iterable[Recorded]], dict[str, R]] = fold
    ) -> Mapping[str, R]:
        facts = [each for each in self.facts if type(each.event) in view.digests]
        try:
            return fold(view, facts)
        except Exception as fault:
            recorded = concerned(facts, self.moment)
            if recorded == facts:
                raise CannotBeFolded(self.supplier_id, view, fault) from fault
        try:
            told = fold(view, recorded)
        except Exception as fault:
            raise CannotBeFolded(self.supplier_id, view, fault) from fault
        self.reordered.add(view.name)
        return told
