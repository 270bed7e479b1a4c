"""The whole story on real PostgreSQL, NATS JetStream and SMTP, with the clock moved by hand."""

from __future__ import annotations

from cli.embedded.nats import Nats
from clock import MovableClock
from sink import SmtpSink
from tests.stories import answering, asking, buying, deciding, later
from tests.stories.house import house


async def test_from_intake_to_the_reminder_of_the_next_round(
    database: str, own_nats: Nats, smtp_sink: SmtpSink, clock: MovableClock
) -> None:
    async with house(database, own_nats.url, smtp_sink, clock) as home:
        cast = await buying.cast(home)
        bought = await buying.buy(home, cast)
        round = await asking.ask(home, cast, bought)
        await answering.answer(home, cast, bought, round)
        await deciding.review(home, cast, bought, round)
        review = await deciding.decide(home, cast, bought, round)
        await later.time_passes(home, cast, bought, review)
        await later.told(home, cast, bought)
