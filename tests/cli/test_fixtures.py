"""The servers that tests ask for are real."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import asyncpg
import nats as nats_client
import pytest

from clock import MovableClock
from sink import SmtpSink


async def test_every_test_gets_a_database_of_its_own(pool: asyncpg.Pool) -> None:
    await pool.execute("CREATE TABLE mine (n int)")
    assert await pool.fetchval("SELECT count(*) FROM mine") == 0


async def test_a_database_holds_nothing_of_the_test_before(pool: asyncpg.Pool) -> None:
    assert await pool.fetchval("SELECT to_regclass('mine')") is None


async def test_nats_answers_with_jetstream(nats_url: str) -> None:
    client = await nats_client.connect(nats_url)
    await client.jetstream().add_stream(name="FIXTURE", subjects=["fixture.>"])
    acknowledged = await client.jetstream().publish("fixture.one", b"1")
    assert acknowledged.seq == 1
    await client.close()


def _send(sink: SmtpSink, address: str) -> None:
    with smtplib.SMTP("127.0.0.1", sink.port, timeout=5) as client:
        client.sendmail("us@example.com", [address], "Subject: Hello\n\nWorld")


async def test_the_sink_keeps_what_it_accepts(smtp_sink: SmtpSink) -> None:
    _send(smtp_sink, "ann@vendor.example")
    (mail,) = await smtp_sink.arrived()
    assert mail["subject"] == "Hello"
    assert smtp_sink.to("ann@vendor.example") == [mail]


def test_the_sink_refuses_a_recipient_when_told(smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse("gone@vendor.example")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        _send(smtp_sink, "gone@vendor.example")
    assert not smtp_sink.messages


def test_the_sink_puts_off_and_then_accepts(smtp_sink: SmtpSink) -> None:
    smtp_sink.answer("451 4.3.0 Try later")
    with pytest.raises(smtplib.SMTPDataError) as put_off:
        _send(smtp_sink, "ann@vendor.example")
    _send(smtp_sink, "ann@vendor.example")
    assert put_off.value.smtp_code == 451
    assert len(smtp_sink.messages) == 1


def test_the_sink_hangs_up_after_the_mail_was_taken(smtp_sink: SmtpSink) -> None:
    smtp_sink.answer("drop")
    with pytest.raises(smtplib.SMTPServerDisconnected):
        _send(smtp_sink, "ann@vendor.example")
    assert len(smtp_sink.messages) == 1


def test_the_clock_stands_still_until_it_is_moved(clock: MovableClock) -> None:
    before = clock.now()
    assert clock.move(timedelta(days=90)) - before == timedelta(days=90) == clock.now() - before
