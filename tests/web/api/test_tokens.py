"""Tokens: who may ask, how often, and that nobody else can."""

from __future__ import annotations

import asyncpg
import httpx
import pytest

from suppliers.errors import NoSuchRecord
from tests.web.pages.house import House, Visitor
from web.api import callers, tokens
from web.security.limits import Limit

LIST = "/api/v1/suppliers"


async def test_without_a_token_nothing_is_told_but_how_to_ask(house: House, dana: Visitor) -> None:
    for client in (house.browser(), dana.browser):  # a browser's session opens no API
        answer = await client.get(LIST)
        assert answer.status_code == 401 and answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.headers["content-type"] == "application/problem+json"
    made_up = await house.browser().get(LIST, headers={"Authorization": f"Bearer {tokens.PREFIX}made-up"})
    assert made_up.status_code == 401 and "invalid_token" in made_up.headers["WWW-Authenticate"]
    assert (await house.browser().get("/api/v1/openapi.json")).status_code == 200


async def test_a_revoked_token_opens_nothing_and_its_name_is_free_again(
    house: House, reader: httpx.AsyncClient, pool: asyncpg.Pool
) -> None:
    assert (await reader.get(LIST)).status_code == 200
    with pytest.raises(tokens.NameTaken):
        await tokens.create(pool, "warehouse", ["reader"], at=house.clock.now())
    await tokens.revoke(pool, "warehouse", at=house.clock.now())
    assert (await reader.get(LIST)).status_code == 401
    await tokens.create(pool, "warehouse", ["legal"], at=house.clock.now())
    [old, new] = await tokens.known(pool)
    assert old.revoked_at and not new.revoked_at and old.last_used_at == house.clock.now()
    with pytest.raises(NoSuchRecord):
        await tokens.revoke(pool, "unknown", at=house.clock.now())
    with pytest.raises(tokens.NoSuchRole):
        await tokens.create(pool, "other", ["emperor"], at=house.clock.now())


async def test_the_token_itself_is_kept_nowhere(
    reader: httpx.AsyncClient, pool: asyncpg.Pool, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    await reader.get(LIST)
    token = reader.headers["Authorization"].removeprefix("Bearer ")
    kept = str(await pool.fetch("SELECT api_tokens::text FROM api_tokens"))
    assert token not in kept + caplog.text + "".join(capfd.readouterr())


async def test_who_asks_too_often_is_told_when_to_come_back(
    reader: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callers, "ASKED", Limit("api", 2, callers.ASKED.window))
    answers = [await reader.get(LIST) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 0 and answers[2].json()["status"] == 429
