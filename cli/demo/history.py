"""Writes the whole history: everybody's stories side by side, from the first day to the last evening."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cli.demo.calendar import Calendar
from cli.demo.mail import Mail
from cli.demo.names import Names
from cli.demo.notebook import Notebook
from cli.demo.papers import Paper
from cli.demo.people import staff_joins, staff_leaves
from cli.demo.portfolio import SupplierPlan, portfolio
from cli.demo.stories import supply
from cli.demo.timekeeping import keep_time
from cli.demo.views import Views
from cli.demo.world import World
from events.feed import Recorded
from events.office import Office
from notifications.entry import Entry
from projections.posture import SupplierPosture
from suppliers.attestation_types import attestation_rules
from suppliers.commands import handlers
from suppliers.errors import NoSuchRecord, StaleWrite
from suppliers.links import Links
from suppliers.policy import policy
from suppliers.questionnaires.library import library

SEED = "tierce"
BEFORE = 6  # days the company has before its first supplier


@dataclass(frozen=True)
class History:
    """Facts in order, the files handed in, and what became of the letters."""

    facts: Sequence[Recorded]
    papers: Sequence[Paper]
    letters: Sequence[Entry]
    rows: Mapping[str, Mapping[str, Any]]
    """Every view's rows at the end, by the view's name."""

    @property
    def postures(self) -> Sequence[SupplierPosture]:
        """Where it has led each supplier."""
        return list(self.rows["posture"].values())


async def write_history(
    *,
    seed: str = SEED,
    today: date,
    company: str = "Your company",
    base_url: str = "http://127.0.0.1",
    links: Links,
    suppliers: Sequence[SupplierPlan] | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> History:
    """The same seed and day make the same facts and files; letters hold links that this instance's key signs."""
    plans = portfolio() if suppliers is None else suppliers
    calendar = Calendar(today, days=BEFORE - min(plan.since for plan in plans))
    world = _world(seed, calendar, company=company, base_url=base_url, links=links)
    begun = calendar.now()
    await staff_joins(world)
    for plan in plans:
        calendar.begin(supply(world, plan))
    calendar.begin(staff_leaves(world))
    calendar.begin(keep_time(world))

    def told(now: datetime) -> None:
        progress((now - begun) / (calendar.end - begun + timedelta(seconds=1)))

    await calendar.run(world.mail.follow, told)
    return History(
        facts=world.notebook.facts_in_order,
        papers=list(world.papers.values()),
        letters=world.mail.ledger,
        rows=world.views.all(),
    )


def _world(seed: str, calendar: Calendar, *, company: str, base_url: str, links: Links) -> World:
    notebook = Notebook()
    office = Office(
        notebook,
        handlers(policy(), library(), attestation_rules()),
        calendar,
        StaleWrite,
        NoSuchRecord,
        dated_by_clock=True,
    )
    return World(
        names=Names(seed),
        calendar=calendar,
        notebook=notebook,
        office=office,
        views=Views(notebook),
        mail=Mail(notebook, office, calendar, company=company, base_url=base_url, links=links),
    )
