"""The log and what stands before it, opened and closed in order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from cli.pool import Pool, open_pool
from events.archive import Archive
from events.feed import Feed
from events.group_commit import GroupCommit
from events.keys import CHANNEL as ERASED
from events.keys import Keyring
from events.listener import Listener
from events.mapper import Mapper
from events.office import Office
from events.recorder import PostgresRecorder
from events.repository import Repository
from events.snapshots import PostgresSnapshots
from suppliers.errors import NoSuchRecord, StaleWrite
from suppliers.ports import Clock, Handlers


@dataclass(frozen=True, kw_only=True)
class Store:
    """One for a process."""

    dsn: str
    pool: Pool
    listener: Listener
    recorder: PostgresRecorder
    appender: GroupCommit
    keyring: Keyring
    mapper: Mapper
    repository: Repository
    office: Office
    feed: Feed
    archive: Archive

    async def listen(self) -> None:
        """Only now: whoever wants to hear something has said so."""
        await self.listener.start()


@asynccontextmanager
async def open_store(
    dsn: str,
    *,
    handlers: Handlers,
    clock: Clock,
    connections: int = 10,
    name: str = "tierce",
    dated_by_clock: bool = False,
) -> AsyncIterator[Store]:
    async with AsyncExitStack() as closing:
        pool = await open_pool(dsn, connections=connections, name=name)
        closing.callback(pool.terminate)  # whoever was in the middle of something is past saving
        recorder = PostgresRecorder(pool)
        appender = GroupCommit(recorder)
        closing.push_async_callback(appender.close)
        keyring = Keyring(pool)
        mapper = Mapper(keyring)
        listener = Listener(dsn)
        closing.push_async_callback(listener.close)
        listener.hear(ERASED, keyring.forget, keyring.forget_all)
        repository = Repository(recorder, mapper, appender, PostgresSnapshots(pool, recorder.disk))
        yield Store(
            dsn=dsn,
            pool=pool,
            listener=listener,
            recorder=recorder,
            appender=appender,
            keyring=keyring,
            mapper=mapper,
            repository=repository,
            office=_office(repository, handlers, clock, dated_by_clock),
            feed=Feed(listener, recorder, mapper),
            archive=Archive(pool, mapper, recorder.disk),
        )


def _office(repository: Repository, handlers: Handlers, clock: Clock, dated_by_clock: bool) -> Office:
    overtaken: Callable[[], Exception] = StaleWrite
    return Office(repository, handlers, clock, overtaken, NoSuchRecord, dated_by_clock=dated_by_clock)
