"""The subscribers on a real JetStream."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import nats
import pytest
from faststream import AckPolicy
from faststream.nats import NatsBroker
from nats.js import JetStreamContext

from cli.bookmarks import Bookmarks
from sink import SmtpSink
from workers import broker
from workers.relay import Relay
from workers.stream import STREAM, subject_of
from workers.subscriptions import SUBSCRIPTIONS
from workers.sweeper import Sweeper
from workhouse import OWNER_ADDRESS, VENDOR_ADDRESS, Workhouse


@pytest.fixture
async def jetstream(nats_url: str) -> AsyncIterator[JetStreamContext]:
    client = await nats.connect(nats_url)
    stream = client.jetstream()
    with contextlib.suppress(nats.js.errors.NotFoundError):
        await stream.delete_stream(STREAM)
    yield stream
    await client.close()


@asynccontextmanager
async def subscribers(url: str, stream: JetStreamContext, house: Workhouse) -> AsyncIterator[NatsBroker]:
    built = broker.build(url, house.store.feed, house.shop)
    running = asyncio.create_task(broker.run(built, stream))
    try:
        yield built
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


def relay(house: Workhouse, stream: JetStreamContext) -> Relay:
    return Relay(house.store.feed, stream, Bookmarks(house.store.pool))


def test_subjects_are_the_stored_names_in_small_letters() -> None:
    assert subject_of("Assessment.SendingRequested") == "tierce.assessment.sending_requested"
    assert subject_of("VendorModel.VersionAdopted") == "tierce.vendor_model.version_adopted"


def test_consumers_have_names_of_their_own() -> None:
    assert len({each.name for each in SUBSCRIPTIONS}) == len(SUBSCRIPTIONS)


async def test_every_subscriber_gives_a_message_back_when_its_work_fails(house: Workhouse, nats_url: str) -> None:
    built = broker.build(nats_url, house.store.feed, house.shop)
    assert len(built.subscribers) == len(SUBSCRIPTIONS)
    assert {each.ack_policy for each in built.subscribers} == {AckPolicy.NACK_ON_ERROR}  # type: ignore[attr-defined]


async def test_that_nothing_came_is_no_alarm(house: Workhouse, nats_url: str, caplog: pytest.LogCaptureFixture) -> None:
    broker.build(nats_url, house.store.feed, house.shop)
    for failure in (TimeoutError(), ConnectionError()):
        logging.getLogger("workers.nats").error("Task raised an exception, retrying", exc_info=failure)
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ConnectionError]


async def test_a_fact_on_the_log_becomes_a_letter(
    house: Workhouse, jetstream: JetStreamContext, nats_url: str, smtp_sink: SmtpSink
) -> None:
    desk, _ = await house.past()
    await house.keep(desk)
    async with subscribers(nats_url, jetstream, house):
        running = asyncio.create_task(relay(house, jetstream).run())
        await smtp_sink.arrived(1, timeout=15)
        running.cancel()
    assert len(smtp_sink.to(VENDOR_ADDRESS)) == 1


async def test_a_wiped_jetstream_is_made_anew_and_the_sweeper_loses_nothing(
    house: Workhouse, jetstream: JetStreamContext, nats_url: str, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker.guard, "__kwdefaults__", {"replicas": 1, "pause": 0.2})
    async with subscribers(nats_url, jetstream, house):
        await asyncio.sleep(0.5)
        await jetstream.delete_stream(STREAM)
        desk, _ = await house.past()
        await house.keep(desk)
        sweeper = Sweeper(house.store.feed, house.ledger, Bookmarks(house.store.pool), house.shop)
        sweeping = asyncio.create_task(sweeper.run(pause=0.2))
        await smtp_sink.arrived(1, timeout=10)
        sweeping.cancel()
        await asyncio.sleep(0.5)
        assert (await jetstream.stream_info(STREAM)).state.consumer_count == len(SUBSCRIPTIONS)
    assert len(smtp_sink.to(VENDOR_ADDRESS)) == 1
    assert smtp_sink.to(OWNER_ADDRESS) == []


async def test_the_relay_goes_on_where_it_stopped(house: Workhouse, jetstream: JetStreamContext) -> None:
    desk, _ = await house.past()
    last = await house.keep(desk)
    first = relay(house, jetstream)
    running = asyncio.create_task(first.run())
    for _ in range(100):
        if first.position == last:
            break
        await asyncio.sleep(0.05)
    running.cancel()
    assert (await jetstream.stream_info(STREAM)).state.messages == last
    second = relay(house, jetstream)
    running = asyncio.create_task(second.run())
    await asyncio.sleep(0.3)
    running.cancel()
    assert (await jetstream.stream_info(STREAM)).state.messages == last
