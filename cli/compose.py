"""Builds everything once from the settings; everyone else receives what they need as arguments."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from cli.clock import SystemClock
from cli.erasing import Eraser
from cli.health import Dependency
from cli.probes import probe_nats, probe_postgres, probe_smtp
from cli.settings import Settings
from cli.store import Store, open_store
from cli.workroom import Workroom, open_workroom
from projections import storage, troubles
from projections.all import VIEWS
from projections.projector import Projector
from projections.waiting import Waiting
from suppliers.attestation_rules import AttestationRules, attestation_rules
from suppliers.commands import handlers
from suppliers.links import Links
from suppliers.policy import ScoringPolicy
from suppliers.policy import policy as newest_policy
from suppliers.ports import Clock
from suppliers.questionnaires.library import Library, library


@dataclass(frozen=True, kw_only=True)
class Instance:
    """What this process is made of."""

    settings: Settings
    clock: Clock
    policy: ScoringPolicy
    rules: AttestationRules
    library: Library
    links: Links
    store: Store
    workroom: Workroom
    projector: Projector
    waiting: Waiting
    eraser: Eraser

    @property
    def dependencies(self) -> list[Dependency]:
        """Only the database is required: what the others miss is caught up on from the log."""
        return [
            Dependency("postgres", partial(probe_postgres, self.store.pool), required=True),
            Dependency("nats", partial(probe_nats, self.settings.nats_url), required=False),
            Dependency("smtp", partial(probe_smtp, self.settings.smtp_url), required=False),
        ]


@asynccontextmanager
async def compose(
    settings: Settings, *, clock: Clock | None = None, name: str = "tierce", dated_by_clock: bool = False
) -> AsyncIterator[Instance]:
    """`clock` and `dated_by_clock` are for a demo's past and for tests."""
    clock = clock or SystemClock()
    policy, rules, questionnaires = newest_policy(), attestation_rules(), library()
    links = Links(settings.secret_key.get_secret_value())
    async with AsyncExitStack() as closing:
        store = await closing.enter_async_context(
            open_store(
                settings.database_url,
                handlers=handlers(policy, questionnaires, rules),
                clock=clock,
                connections=settings.database_connections + 2,  # the projector keeps two for itself
                name=name,
                dated_by_clock=dated_by_clock,
            )
        )
        workroom = await closing.enter_async_context(
            open_workroom(settings, store, clock=clock, policy=policy, library=questionnaires, rules=rules, links=links)
        )
        waiting = await _ready_to_read(store)
        eraser = Eraser(store, workroom.ledger, settings.mail_folder)
        await eraser.finish()  # before anybody is shown what should be gone: a restored backup may hold it
        yield Instance(
            settings=settings,
            clock=clock,
            policy=policy,
            rules=rules,
            library=questionnaires,
            links=links,
            store=store,
            workroom=workroom,
            projector=Projector(store.feed, store.pool, VIEWS),
            waiting=waiting,
            eraser=eraser,
        )


async def _ready_to_read(store: Store) -> Waiting:
    """Views have their tables, since pages and timekeeper may come before the projector, and can be waited for."""
    async with store.pool.acquire() as connection:
        await troubles.prepare(connection)
        await storage.prepare(connection, VIEWS)
    waiting = Waiting(store.pool, VIEWS, store.listener)
    await store.listen()
    return waiting
