"""What workers work with: the mailroom with its ledger, and the workshop around it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from cli.settings import Settings
from cli.store import Store
from notifications.holder import Holder
from notifications.ledger import Ledger
from notifications.letter import House
from notifications.mailroom import Mailroom
from notifications.post import Post
from suppliers.attestation_rules import AttestationRules
from suppliers.links import Links
from suppliers.policy import ScoringPolicy
from suppliers.ports import Clock
from suppliers.questionnaires.library import Library
from workers.workshop import Workshop


@dataclass(frozen=True, kw_only=True)
class Workroom:
    """One for a process: its holder's lock is what says that the process lives."""

    ledger: Ledger
    shop: Workshop


@asynccontextmanager
async def open_workroom(
    settings: Settings,
    store: Store,
    *,
    clock: Clock,
    policy: ScoringPolicy,
    library: Library,
    rules: AttestationRules,
    links: Links,
) -> AsyncIterator[Workroom]:
    async with Holder(settings.database_url) as holder:
        post = Post(settings.smtp_url, settings.sender, clock=clock)
        ledger = Ledger(store.pool, holder.number, clock=clock)
        mailroom = Mailroom(post, ledger, clock)
        shop = Workshop(
            office=store.office,
            mailroom=mailroom,
            clock=clock,
            links=links,
            library=library,
            policy=policy,
            rules=rules,
            house=House(name=settings.company),
            base_url=settings.base_url,
        )
        try:
            yield Workroom(ledger=ledger, shop=shop)
        finally:
            await mailroom.close(patience=0.5)
            await post.close()
