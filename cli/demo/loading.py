"""Puts a history into an empty instance: facts, keys, letters, files and views in one transaction, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

import asyncpg

from cli.demo.history import History
from cli.demo.papers import Paper
from events.checkpoints import Checkpoints
from events.feed import Recorded
from events.keys import CREATE, MemoryKeyring
from events.mapper import Mapper
from events.recorder import PostgresRecorder
from notifications.entry import Entry
from projections import storage
from projections.all import VIEWS
from projections.batch import digest, finish_days
from workers import relay, sweeper

KEEP = """
INSERT INTO public.evidence_blobs (sha256, media_type, size, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
"""
LETTER = (
    "key letter recipient_person recipient subject body_text body_html event_position state attempts "
    "smtp_code smtp_text created_at updated_at sent_at"
).split()
AT_ONCE = 500
"""Rows in one statement."""
FOLLOWERS = (relay.NAME, sweeper.NAME)
"""They begin after the demo: what its past asked for was done in its past."""


class NotEmpty(Exception):
    """This instance already holds records. The demo fills an empty one only: name another folder with --data."""

    def __str__(self) -> str:
        return self.__doc__ or ""


class Keys(MemoryKeyring):
    """Made in memory, so that they can be stored together with what they seal."""

    @property
    def made(self) -> Mapping[UUID, bytes | None]:
        return self._keys


async def refuse_unless_empty(pool: asyncpg.Pool) -> None:
    if await PostgresRecorder(pool).head():
        raise NotEmpty


async def load(pool: asyncpg.Pool, history: History, progress: Callable[[float], None] = lambda share: None) -> None:
    """Appending comes last: from there to the end, whoever else wants to record something waits."""
    keys = Keys()
    mapper = Mapper(keys)
    batches = [(facts[0], await mapper.drafts([each.event for each in facts])) for facts in _commands(history.facts)]
    recorder, checkpoints = PostgresRecorder(pool), Checkpoints(pool)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(CREATE, list(keys.made), list(keys.made.values()))
        await connection.executemany(KEEP, [_blob(each) for each in history.papers])
        letters = [_letter(each) for each in history.letters]
        await connection.copy_records_to_table("letters", records=letters, columns=LETTER)
        for name in FOLLOWERS:
            await checkpoints.put(connection, name, len(history.facts))
        await _shelve(connection, history)
        for n, (fact, drafts) in enumerate(batches):
            written = await recorder.append_on(
                connection,
                drafts,
                actor=fact.actor,
                command_id=fact.command_id,
                correlation_id=fact.correlation_id,
                recorded_at=fact.recorded_at,
            )
            if written[-1] != fact.position + len(drafts) - 1:
                raise NotEmpty
            progress(n / len(batches))


async def _shelve(connection: Any, history: History) -> None:
    """The views as they are at the end: whoever saw them grow would take an old date for one of today."""
    await storage.prepare(connection, VIEWS)
    for view in VIEWS:
        rows = list(history.rows[view.name].items())
        for at in range(0, len(rows), AT_ONCE):
            await storage.store(connection, view, dict(rows[at : at + AT_ONCE]))
        if view.by_day:
            batch = digest(view, {}, history.facts, 0)
            days = sorted(finish_days(view, batch, history.rows[view.name]), key=lambda each: each.key)
            for _, some in groupby(enumerate(days), key=lambda each: each[0] // AT_ONCE):
                await storage.store_days(connection, view, [each for _, each in some])
    await storage.advance(connection, {view.checkpoint: 0 for view in VIEWS}, len(history.facts))


def _commands(facts: Sequence[Recorded]) -> Iterator[list[Recorded]]:
    for _, together in groupby(facts, key=lambda each: each.command_id):
        yield list(together)


def _blob(paper: Paper) -> tuple[object, ...]:
    return (bytes.fromhex(paper.sha256), paper.media_type, len(paper.body), paper.body)


def _letter(entry: Entry) -> tuple[object, ...]:
    return (
        entry.key,
        entry.letter,
        entry.person,
        entry.recipient,
        entry.subject,
        entry.text,
        entry.html,
        entry.event_position,
        entry.state.value,
        entry.attempts,
        entry.code,
        entry.reply,
        entry.created_at,
        entry.updated_at,
        entry.sent_at,
    )
