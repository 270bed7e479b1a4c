"""The views, folded in memory: what the demo's people and timekeeper look at, and what pages show from the start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from cli.demo.notebook import Notebook
from projections import posture, renewals
from projections.all import VIEWS
from projections.posture import SupplierPosture
from projections.renewals import Due, Schedule
from projections.renewals.dated import ACTED
from projections.renewals.queries import STEPS
from projections.view import Row, View
from suppliers.review import Pack


class Folded:
    """One view's rows, brought up to the head of the notebook whenever somebody looks."""

    def __init__(self, view: View[Any], notebook: Notebook) -> None:
        self._view, self._notebook = view, notebook
        self._read = 0
        self.rows: dict[str, Row] = {}
        self._finished: set[str] = set()

    def catch_up(self) -> None:
        for recorded in self._notebook.facts_in_order[self._read :]:
            for key, row in self._view.digest(self.rows, recorded).items():
                self._finished.discard(key)
                if row is None:
                    self.rows.pop(key, None)
                else:
                    self.rows[key] = row
        self._read = self._notebook.head

    def all(self) -> Mapping[str, Any]:
        self.catch_up()
        return {key: self.finished(key) for key in list(self.rows)}

    def finished(self, key: str) -> Any:
        """The row, completed when it has changed since somebody looked."""
        if key not in self._finished:
            self.rows[key] = self._view.finished(self.rows[key])
            self._finished.add(key)
        return self.rows[key]


class Views:
    """Postures and dates as the pages would show them at this moment."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._folded = {view.name: Folded(view, notebook) for view in VIEWS}
        self._postures = self._folded[posture.VIEW.name]
        self._schedules = self._folded[renewals.VIEW.name]

    def all(self) -> dict[str, Mapping[str, Any]]:
        """View name -> its rows, all of them up to the head."""
        return {name: folded.all() for name, folded in self._folded.items()}

    def posture(self, supplier_id: UUID) -> SupplierPosture:
        self._postures.catch_up()
        return cast(SupplierPosture, self._postures.finished(str(supplier_id)))

    async def pack(self, supplier_id: UUID, use_id: UUID) -> Pack:
        """What the council is shown about a use."""
        self.posture(supplier_id)
        found = await posture.pack(cast(Any, self), use_id)
        assert found is not None
        return found

    async def fetchrow(self, query: str, use_id: UUID) -> dict[str, object] | None:
        """Answers the posture view's own query for a pack, in the database's place."""
        for row in self._postures.rows.values():
            if str(use_id) in cast(SupplierPosture, row).uses:
                return {"row": row.model_dump_json(), "position": self._notebook.head}
        return None

    def due(self, now: datetime) -> Iterator[Due]:
        """What the timekeeper has to act upon, of several steps of one schedule the last."""
        self._schedules.catch_up()
        for key in list(self._schedules.rows):
            schedule: Schedule = self._schedules.finished(key)
            ripe = (each for each in schedule.dates if each.due_at <= now and each.kind in ACTED)
            yield from {each.kind if each.kind in STEPS else each.key: each for each in ripe}.values()

    def worsened(self, supplier_ids: list[UUID], now: datetime) -> Iterator[UUID]:
        """The uses whose band time alone has moved."""
        for supplier_id in supplier_ids:
            for use in self.posture(supplier_id).active:
                if use.stand and use.next_change_on and use.next_change_on <= now.date():
                    yield use.id
