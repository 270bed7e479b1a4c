"""Bugs that were not made, put in where they could have been: each must turn a drill red."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID, uuid4

import pytest

from events.outcomes import unknown_when_lost
from events.recorder import PostgresRecorder
from events.repository import Repository
from events.stored import Append, Gap, Outcome, Overtaken
from projections import step
from projections.line import Line
from projections.projector import Projector
from projections.together import Move, Part
from projections.view import View
from tests.drills.site import Site
from workers import relay
from workers.relay import Relay


def checkpoint_before_rows(site: Site, patch: pytest.MonkeyPatch) -> None:
    """The checkpoint has a transaction of its own."""
    write = step.write

    async def write_apart(line: Line, move: Move, parts: Sequence[Part]) -> None:
        await write(line, move, ())
        await asyncio.sleep(0.02)
        await write(line, move._replace(checkpoints=()), parts)

    patch.setattr(step, "write", write_apart)


def acknowledged_before_commit(site: Site, patch: pytest.MonkeyPatch) -> None:
    """Callers are answered when the server has said yes, and their batch is committed with the next one."""

    @asynccontextmanager
    async def line(recorder: PostgresRecorder) -> AsyncIterator[Any]:
        async with recorder._pool.acquire() as connection:
            open: Any = None

            async def append_many(appends: Sequence[Append]) -> Sequence[Outcome]:
                nonlocal open
                with unknown_when_lost():
                    if open is not None:
                        await open.commit()
                    open = connection.transaction()
                    await open.start()
                    return [await _one(recorder, connection, append) for append in appends]

            try:
                yield append_many
            finally:
                with suppress(Exception):
                    await open.commit()

    patch.setattr(PostgresRecorder, "line", line)


async def _one(recorder: PostgresRecorder, connection: Any, append: Append) -> Outcome:
    more = append._asdict()
    drafts, _ = more.pop("drafts"), more.pop("beside")
    try:
        return await recorder.append_on(connection, drafts, **more)
    except (Overtaken, Gap) as reason:
        return reason


def swallowed_failures(site: Site, patch: pytest.MonkeyPatch) -> None:
    """What a view cannot digest is left out, and it goes on."""
    digest = View.digest

    def lenient(view: View[Any], rows: Mapping[str, Any], recorded: Any, *more: Any) -> Any:
        try:
            return digest(view, rows, recorded, *more)
        except Exception:
            return {}

    patch.setattr(View, "digest", lenient)


def begins_where_the_furthest_is(site: Site, patch: pytest.MonkeyPatch) -> None:
    """A projector that starts takes the furthest checkpoint for all views."""
    reload = Projector._reload
    moved = "UPDATE checkpoints SET position = greatest(position, $1) WHERE name LIKE 'view:%'"

    async def to_the_furthest(projector: Projector) -> None:
        await reload(projector)
        furthest = max(each.position for each in projector._followers)
        await site.store.pool.execute(moved, furthest)
        for each in projector._followers:
            each.position = furthest

    patch.setattr(Projector, "_reload", to_the_furthest)


def tried_again_as_another_command(site: Site, patch: pytest.MonkeyPatch) -> None:
    """Who got no answer sends the same once more, under a new id."""
    save, sent = Repository.save, set[UUID | None]()

    async def save_anew(repository: Repository, *aggregates: Any, command_id: UUID | None = None, **more: Any) -> int:
        again = command_id in sent
        sent.add(command_id)
        return await save(repository, *aggregates, command_id=uuid4() if again else command_id, **more)

    patch.setattr(Repository, "save", save_anew)


def marked_before_published(patch: pytest.MonkeyPatch) -> None:
    """The relay notes first how far it is, then publishes."""

    async def pass_on(each: Relay) -> int:
        facts = await each._feed.read(each.position, relay.BATCH)
        if facts:
            each.position = facts[-1].position
            await each._checkpoints.set(relay.NAME, each.position)
            await asyncio.sleep(0.02)
            await each._publish(facts)
        return len(facts)

    patch.setattr(Relay, "pass_on", pass_on)
