"""A process that sends a campaign and says when it begins; made to be killed."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, datetime

import asyncpg

from letter_specimens import SPECIMENS, Words
from notifications.holder import Holder
from notifications.ledger import Ledger
from notifications.mailroom import Mailroom
from notifications.outcome import Sent
from notifications.post import Post


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


async def main(database: str, smtp: str, letters: int) -> None:
    clock, letter = WallClock(), SPECIMENS["invitation"](Words())
    async with Holder(database) as holder, asyncpg.create_pool(database, min_size=4, max_size=4) as pool:
        post = Post(smtp, "review@meridian.example", clock=clock)
        mailroom = Mailroom(post, Ledger(pool, holder.number, clock=clock), clock)

        async def deliver(number: int) -> None:
            key, to = f"campaign:{number}", f"person{number}@x.example"
            if isinstance(await mailroom.deliver(replace(letter, key=key, to=to), number + 1), Sent):
                await mailroom.done(key)

        await asyncio.gather(*(deliver(number) for number in range(letters)))
        await post.close()


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
