"""What a load balancer and an operator learn from a process."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import asyncpg
import httpx
import pytest

from cli.front import front
from cli.health import Dependency, Health
from cli.probes import Unfit, probe_nats, probe_postgres, probe_smtp
from cli.readers import Lag, lags
from cli.supervisor import Role
from sink import SmtpSink


async def well() -> None:
    pass


async def broken() -> None:
    raise ConnectionRefusedError("nobody listens")


async def behind() -> Sequence[Lag]:
    return [Lag("view:register:1", 40, 2, 1.5)]


def browser(*dependencies: Dependency) -> httpx.AsyncClient:
    role = Role("projector", well)
    role.became("running")
    app = front(Health(dependencies, behind, [role]), pages=None)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://tierce")


async def test_a_process_is_alive_whatever_its_surroundings_are() -> None:
    async with browser(Dependency("postgres", broken, required=True)) as client:
        assert (await client.get("/health/live")).status_code == 200


async def test_without_a_required_dependency_it_is_not_ready_and_says_why() -> None:
    async with browser(Dependency("postgres", broken, required=True)) as client:
        answer = await client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["dependencies"]["postgres"]["error"] == "ConnectionRefusedError: nobody listens"


async def test_without_mail_it_is_ready_all_the_same_but_tells() -> None:
    async with browser(
        Dependency("postgres", well, required=True), Dependency("smtp", broken, required=False)
    ) as client:
        answer = await client.get("/health/ready")
    assert answer.status_code == 200
    assert not answer.json()["dependencies"]["smtp"]["ok"]


async def test_a_dependency_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.health.PROBE_TIME", 0.05)
    async with browser(Dependency("nats", lambda: asyncio.sleep(60), required=False)) as client:
        answer = await asyncio.wait_for(client.get("/health/ready"), 2)
    assert "no answer" in answer.json()["dependencies"]["nats"]["error"]


async def test_each_reader_and_role_is_there_by_name() -> None:
    async with browser() as client:
        ready = (await client.get("/health/ready")).json()
        metrics = (await client.get("/metrics")).text
    assert ready["readers"]["view:register:1"]["events"] == 2
    assert ready["roles"]["projector"]["state"] == "running"
    assert 'tierce_reader_lag_events{reader="view:register:1"} 2.0' in metrics
    assert 'tierce_role_running{role="projector"} 1.0' in metrics
    assert "process_resident_memory_bytes" in metrics


async def test_the_lag_of_a_reader_is_counted_against_the_log(pool: asyncpg.Pool) -> None:
    await pool.execute("INSERT INTO checkpoints (name, position) VALUES ('view:register:1', 0)")
    assert await lags(pool) == [Lag("view:register:1", 0, 0, 0.0)]


async def test_the_real_servers_pass_their_probes(pool: asyncpg.Pool, nats_url: str, smtp_sink: SmtpSink) -> None:
    await probe_postgres(pool)
    await probe_nats(nats_url)
    await probe_smtp(smtp_sink.url)


async def test_a_server_of_another_kind_does_not(smtp_sink: SmtpSink) -> None:
    with pytest.raises(Unfit, match="not NATS"):
        await probe_nats(smtp_sink.url.replace("smtp", "nats"))
