"""Builds everything once from the settings; everyone else receives what they need as arguments."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from starlette.types import ASGIApp

from cli.clock import SystemClock
from cli.health import Dependency
from cli.probes import probe_nats, probe_postgres, probe_smtp
from cli.settings import Settings
from cli.store import Store, open_store
from events.locks import singleton
from notifications.post import Post
from suppliers.attestation_types import attestation_rules
from suppliers.commands import handlers
from suppliers.links import Links
from suppliers.policy import ScoringPolicy
from suppliers.policy import policy as scoring_policy
from suppliers.ports import Clock
from suppliers.questionnaires.library import Library, library

Run = Callable[[], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Instance:
    """What this process is made of."""

    settings: Settings
    clock: Clock
    policy: ScoringPolicy
    library: Library
    links: Links
    store: Store
    post: Post

    @property
    def dependencies(self) -> list[Dependency]:
        """Only the database is required: what the others miss is caught up on from the log."""
        return [
            Dependency("postgres", partial(probe_postgres, self.store.pool), required=True),
            Dependency("nats", partial(probe_nats, self.settings.nats_url), required=False),
            Dependency("smtp", partial(probe_smtp, self.settings.smtp_url), required=False),
        ]

    @property
    def roles(self) -> Mapping[str, Run]:
        """What runs beside the web, by name; a singleton runs in one process of all at a time."""
        return {}

    def pages(self) -> ASGIApp | None:
        """The web's application."""
        return None

    def alone(self, name: str, run: Run) -> Run:
        async def one_at_a_time() -> None:
            async with singleton(self.store.dsn, name):
                await run()

        return one_at_a_time


@asynccontextmanager
async def compose(settings: Settings, *, clock: Clock | None = None, name: str = "tierce") -> AsyncIterator[Instance]:
    clock = clock or SystemClock()
    policy, questionnaires = scoring_policy(), library()
    async with AsyncExitStack() as closing:
        store = await closing.enter_async_context(
            open_store(
                settings.database_url,
                handlers=handlers(policy, questionnaires, attestation_rules()),
                clock=clock,
                connections=settings.database_connections,
                name=name,
            )
        )
        post = Post(settings.smtp_url, settings.sender, clock=clock)
        closing.push_async_callback(post.close)
        instance = Instance(
            settings=settings,
            clock=clock,
            policy=policy,
            library=questionnaires,
            links=Links(settings.secret_key.get_secret_value()),
            store=store,
            post=post,
        )
        await store.listen()
        yield instance
