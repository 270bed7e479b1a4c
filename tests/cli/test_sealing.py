"""Signed heads leave the database: into a file, to an address, and by mail to people who keep them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from pydantic import SecretStr

from cli.compose import compose
from cli.sealing.examining import unsealed, unsigned
from cli.sealing.key import public_keys, signing_key
from cli.sealing.part import Sealing
from cli.sealing.publishing import Publishing
from cli.settings import Misconfigured, Settings
from clock import MovableClock
from events.recorder import PostgresRecorder
from events.stored import Draft
from events.tree.findings import LogChanged
from events.tree.heads import heads
from events.tree.sealer import Sealer
from sink import SmtpSink


class Tree:
    size, root = 42, b"r" * 32


class Mailed:
    def __init__(self) -> None:
        self.letters: list[tuple[str, date]] = []
        self.answer = True

    async def __call__(self, address: str, note: str, day: date) -> bool:
        self.letters.append((address, day))
        return self.answer


def settings(folder: Path, **more: Any) -> Settings:
    plain = {
        "database_url": "postgresql://nowhere",
        "nats_url": "nats://nowhere",
        "smtp_url": "smtp://nowhere",
        "secret_key": SecretStr("for-tests-only-for-tests-only-for-tests-only"),
        "base_url": "https://risk.meridian.example",
        "sender": "Meridian <risk@meridian.example>",
    }
    return Settings(**{**plain, "signing_key": folder / "signing.key", "heads_file": folder / "heads", **more})


def publishing(given: Settings, clock: MovableClock, mailed: Mailed) -> Publishing:
    key = signing_key(given)
    assert key is not None
    return Publishing(given, key, clock, mailed)


def test_the_key_is_made_once_readable_by_its_owner_alone_and_its_public_part_lies_beside_it(tmp_path: Path) -> None:
    first, again = signing_key(settings(tmp_path)), signing_key(settings(tmp_path))
    assert first and again and first.public == again.public
    assert first.name.startswith("risk.meridian.example/tierce-")
    assert (tmp_path / "signing.key").stat().st_mode & 0o777 == 0o600
    assert public_keys(tmp_path / "signing.pub") == [first.public]


def test_a_file_that_is_no_key_is_explained(tmp_path: Path) -> None:
    (tmp_path / "signing.key").write_text("-----BEGIN PRIVATE KEY-----")
    with pytest.raises(Misconfigured, match="TIERCE_SIGNING_KEY"):
        signing_key(settings(tmp_path))


async def test_a_head_is_added_to_the_file_and_mailed_once_a_day_to_each(tmp_path: Path, clock: MovableClock) -> None:
    mailed, tree = Mailed(), Tree()
    given = settings(tmp_path, heads_to="ada@x.example, bob@y.example")
    press = publishing(given, clock, mailed)
    today = clock.now().date()
    await press.look(tree)
    await press.look(tree)
    assert mailed.letters == [("ada@x.example", today), ("bob@y.example", today)]
    clock.move(timedelta(days=1))
    press._at = float("-inf")
    await press.look(tree)
    assert len(mailed.letters) == 4, "also of a log that did not grow"
    (head,) = heads((tmp_path / "heads").read_text())
    assert (head.size, head.root) == (42, b"r" * 32)
    assert head.signed_by(public_keys(tmp_path / "signing.pub"))


async def test_a_head_is_put_under_the_address_and_again_when_that_failed(tmp_path: Path, clock: MovableClock) -> None:
    with store() as (url, kept):
        kept["answer"] = 503
        press = publishing(settings(tmp_path, heads_url=f"{url}/heads/", heads_token="s3cret"), clock, Mailed())
        await press.look(Tree())
        kept["answer"] = 201
        press._at = float("-inf")
        await press.look(Tree())
        (failed, path), (_, again) = kept["puts"]
        assert failed == "Bearer s3cret"
        assert path == again and path.startswith("/heads/000000000042-2026")


async def test_the_role_seals_what_is_appended_and_mails_a_head_that_can_be_verified_from_the_mail(
    database: str, tmp_path: Path, smtp_sink: SmtpSink, clock: MovableClock
) -> None:
    given = settings(tmp_path, database_url=database, smtp_url=smtp_sink.url, heads_to="ada@keeper.example")
    async with compose(given, clock=clock, name="test") as instance:
        boat = uuid4()
        await instance.store.recorder.append([Draft(boat, n, "Boat.Sailed", b"{}") for n in range(1, 6)])
        role = asyncio.create_task(Sealing(instance).run())
        await smtp_sink.arrived()
        role.cancel()
    (head,) = heads(smtp_sink.messages[0].as_string())
    assert head.size == 5
    assert head.signed_by(public_keys(tmp_path / "signing.pub"))


async def test_the_doctor_says_when_nobody_seals_the_log_or_signs_heads_of_it(
    pool: asyncpg.Pool, tmp_path: Path
) -> None:
    long_ago = datetime(2026, 1, 5, tzinfo=UTC)
    await PostgresRecorder(pool).append([Draft(uuid4(), 1, "Boat.Sailed", b"{}")], recorded_at=long_ago)
    assert await unsealed(pool) == ["sealer: 1 events, none of them sealed: run the role sealer"]
    await Sealer(pool).seal()
    assert await unsealed(pool) == unsigned(settings(tmp_path)) == []
    assert "TIERCE_SIGNING_KEY" in unsigned(settings(tmp_path, signing_key=None))[0]
    assert "TIERCE_HEADS_TO" in unsigned(settings(tmp_path, heads_file=None))[0]


async def test_the_role_ends_with_the_event_that_was_changed(
    database: str, pool: asyncpg.Pool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with compose(settings(tmp_path, database_url=database), name="test") as instance:
        await instance.store.recorder.append([Draft(uuid4(), 1, "Boat.Sailed", b"{}")])
        sealing = Sealing(instance)
        role = asyncio.create_task(sealing.run())
        while not (tmp_path / "heads").exists():  # noqa: ASYNC110 - only the folder knows
            await asyncio.sleep(0.02)
        role.cancel()
        await pool.execute("SET session_replication_role = replica; UPDATE event_log SET topic = 'Boat.Sunk'")
        for _ in range(2):
            with pytest.raises(LogChanged, match=r"event 1 \(Boat.Sunk"):
                await sealing.run()
    assert "THE LOG WAS CHANGED" in caplog.text


@contextmanager
def store() -> Iterator[tuple[str, dict[str, Any]]]:
    """An object store that keeps what it was told."""
    kept: dict[str, Any] = {"answer": 201, "puts": []}

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            kept["puts"].append((self.headers["Authorization"], self.path))
            self.send_response(kept["answer"])
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", kept
    server.shutdown()
    server.server_close()
