"""What every story of the demo works with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from cli.demo.calendar import Calendar
from cli.demo.mail import Mail
from cli.demo.names import Names
from cli.demo.notebook import Notebook
from cli.demo.papers import Paper
from cli.demo.views import Views
from events.office import Office
from suppliers.aggregate import Aggregate
from suppliers.ports import Actor, Command, Role

A = TypeVar("A", bound=Aggregate)


@dataclass(kw_only=True)
class World:
    """`papers` are the files handed in, by their hash; `staff` is filled as people are registered."""

    names: Names
    calendar: Calendar
    notebook: Notebook
    office: Office
    views: Views
    mail: Mail
    staff: dict[str, Actor] = field(default_factory=dict)
    suppliers: list[UUID] = field(default_factory=list)
    papers: dict[str, Paper] = field(default_factory=dict)

    async def issue(self, command: Command, by: Actor) -> None:
        """Hand a command in, now and by somebody."""
        await self.office.issue(command, actor=by, command_id=self.names.command())

    async def load(self, kind: type[A], id: UUID) -> A:
        return await self.office.load(kind, id)

    def holding(self, role: Role) -> Sequence[Actor]:
        """The people in this role, in the order they joined."""
        return [each for each in self.staff.values() if role in each.roles]

    def seat(self, role: Role, barred: frozenset[UUID] = frozenset()) -> Actor:
        """Somebody on this seat without a stake in the matter, else on another seat."""
        free = [each for each in self.staff.values() if each.seats and each.id not in barred]
        return next((each for each in free if role in each.roles), free[0])

    def file(self, paper: Paper) -> str:
        """Keep a file's bytes; the hash it is known by."""
        self.papers[paper.sha256] = paper
        return paper.sha256
