"""How many letters a second leave the house, written down and claimed, against bare SMTP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from functools import cache, partial
from uuid import uuid4

from aiosmtplib import SMTP

from benchmarks.measuring import Findings, Table, in_turns
from benchmarks.portfolio.office import NOW
from benchmarks.server import database, pool_on, settled
from benchmarks.sink import sink
from benchmarks.sizes import Sizes
from benchmarks.stores import Noon
from cli.embedded.postgres import Postgres
from notifications.holder import Holder
from notifications.ledger import Ledger
from notifications.letter import Correspondent, Envelope, House, Letter
from notifications.letters import questionnaire_invitation
from notifications.mailroom import Mailroom
from notifications.memory import Book, MemoryLedger
from notifications.message import compose, sender_mailbox
from notifications.outcome import Sent
from notifications.post import Post

NAME = "mails"
BARE = "bare aiosmtplib, messages composed before"
SENDER = "Meridian Bank <review@meridian.example>"
CONNECTIONS, AT_ONCE = 4, 16
METHOD = """
Questionnaire invitations (text and HTML), rendered before, to a local aiosmtpd in a process of its own that keeps
nothing. Everyone uses four connections and keeps them open; 16 letters are under way at a time. The ledger's four
commits for each letter (owed, claimed, sent, done) reach the disk.
"""
Deliver = Callable[[Letter], Awaitable[object]]


async def run(postgres: Postgres, sizes: Sizes) -> Findings:
    async with AsyncExitStack() as closing:
        dsn = await closing.enter_async_context(database(postgres))
        pool = await closing.enter_async_context(pool_on(dsn, AT_ONCE + 4))
        port = await closing.enter_async_context(sink())
        holder = await closing.enter_async_context(Holder(dsn))
        post = Post(f"smtp://127.0.0.1:{port}", SENDER, clock=Noon(), connections=CONNECTIONS)
        closing.push_async_callback(post.close)
        await settled(pool)
        kept = Mailroom(post, Ledger(pool, holder.number, clock=Noon()), Noon(), lanes=CONNECTIONS)
        light = Mailroom(post, MemoryLedger(Book(), holder.number, clock=Noon()), Noon(), lanes=CONNECTIONS)
        count = sizes.letters
        samples = {
            BARE: partial(_bare, port, count, before=True),
            "bare aiosmtplib, each message composed": partial(_bare, port, count, before=False),
            "post": partial(_through, post.send, count),
            "mailroom, ledger in memory, post": partial(_through, light.deliver, count),
            "mailroom, ledger in PostgreSQL, post": partial(_through, kept.deliver, count),
        }
        found = await in_turns(sizes.rounds, samples)
    return Findings(NAME, "Mailing", (Table(f"{count} invitations", "mails/s", "more", found, BARE),), METHOD)


async def _bare(port: int, count: int, *, before: bool) -> float:
    """Mails a second of four connections that send one message after the other."""
    sender = sender_mailbox(SENDER)
    written = letters(count)
    ready = {letter.key: compose(letter, sender, NOW).as_bytes() for letter in written} if before else {}
    rest = iter(written)
    begun = time.perf_counter()
    await asyncio.gather(*(_lane(port, rest, ready) for _ in range(CONNECTIONS)))
    return count / (time.perf_counter() - begun)


async def _lane(port: int, rest: Iterable[Letter], ready: dict[str, bytes]) -> None:
    sender = sender_mailbox(SENDER)
    async with SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False) as client:
        for letter in rest:
            message = ready.get(letter.key) or compose(letter, sender, NOW).as_bytes()
            await client.sendmail(sender.addr_spec, [letter.to], message)


async def _through(deliver: Deliver, count: int) -> float:
    rest = iter(letters(count))

    async def lane() -> None:
        for letter in rest:
            outcome = await deliver(letter)
            if not isinstance(outcome, Sent):
                raise RuntimeError(f"not sent: {outcome}")

    begun = time.perf_counter()
    await asyncio.gather(*(lane() for _ in range(AT_ONCE)))
    return count / (time.perf_counter() - begun)


def letters(count: int) -> list[Letter]:
    """The same one to so many people."""
    return [replace(_written(), key=str(uuid4()), to=f"priya{number}@northwind.example") for number in range(count)]


@cache
def _written() -> Letter:
    envelope = Envelope(
        key="invitation",
        house=House(name="Meridian Bank"),
        to=Correspondent(address="priya@northwind.example", name="Priya Raman", person=uuid4()),
        contact=Correspondent(address="dana@meridian.example", name="Dana Whitfield"),
    )
    return questionnaire_invitation(
        envelope,
        vendor="Northwind Cognition",
        about="Northwind Extract 2",
        questions=46,
        minutes=75,
        due=NOW.date() + timedelta(days=21),
        link="https://review.meridian.example/q/8Kd3vPq1Zx7LmN4sT0uYwA",
    )
