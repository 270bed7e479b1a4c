"""A whole set of working parts on a fresh database: store, mailroom, workshop and views, and a log that has a past."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from cli.store import Store, open_store
from clock import MovableClock
from desk import PROCUREMENT, MemoryDesk
from notifications.holder import Holder
from notifications.ledger import Ledger
from notifications.letter import House
from notifications.mailroom import Mailroom
from notifications.post import Post
from projections.all import VIEWS
from projections.projector import Projector
from story import onboarded, sent, with_use
from suppliers.attestation_rules import attestation_rules
from suppliers.commands import handlers
from suppliers.links import Links
from suppliers.people import RegisterStaff
from suppliers.policy import policy
from suppliers.ports import SYSTEM, Role
from suppliers.questionnaires.library import library
from workers.workshop import Workshop

KEY = "for-tests-only-for-tests-only-for-tests-only"
VENDOR_ADDRESS = "priya@northwind.example"
OWNER_ADDRESS = "dana@meridian.example"


@dataclass(frozen=True, kw_only=True)
class Workhouse:
    """Everything a test of workers touches."""

    store: Store
    shop: Workshop
    ledger: Ledger
    projector: Projector
    clock: MovableClock

    async def keep(self, desk: MemoryDesk) -> int:
        """Record what a desk in memory decided, all of it at once."""
        return await self.store.repository.save(*desk.held.values(), actor=PROCUREMENT.id)

    async def past(self) -> tuple[MemoryDesk, UUID]:
        """A supplier with an owner and a sent questionnaire: desk and assessment."""
        desk = MemoryDesk(self.clock.now())
        owner = RegisterStaff(name="Dana Whitfield", email=OWNER_ADDRESS, roles=frozenset({Role.PROCUREMENT}))
        desk.hand_in(owner, by=SYSTEM)
        supplier = onboarded(desk, owner=owner.person_id)
        return desk, sent(desk, with_use(desk, supplier))


@asynccontextmanager
async def workhouse(database: str, smtp_url: str, clock: MovableClock) -> AsyncIterator[Workhouse]:
    rules = attestation_rules()
    async with AsyncExitStack() as closing:
        store = await closing.enter_async_context(
            open_store(
                database, handlers=handlers(policy(), library(), rules), clock=clock, dated_by_clock=True, name="tests"
            )
        )
        holder = await closing.enter_async_context(Holder(database))
        ledger = Ledger(store.pool, holder.number, clock=clock)
        post = Post(smtp_url, "Meridian <risk@meridian.example>", clock=clock)
        closing.push_async_callback(post.close)
        mailroom = Mailroom(post, ledger, clock)
        shop = Workshop(
            office=store.office,
            mailroom=mailroom,
            clock=clock,
            links=Links(KEY),
            library=library(),
            policy=policy(),
            rules=rules,
            house=House(name="Meridian Bank"),
            base_url="https://risk.meridian.example",
        )
        projector = Projector(store.feed, store.pool, VIEWS)
        await store.listen()
        yield Workhouse(store=store, shop=shop, ledger=ledger, projector=projector, clock=clock)
