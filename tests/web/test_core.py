"""What holds on every page: headers, forged forms, sizes, refusals in the reader's form, and once only."""

from __future__ import annotations

import re
from collections.abc import Iterator

import asyncpg
import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from projections.projector import Projector
from suppliers.errors import NoSeat, NoSuchRecord, StaleWrite
from suppliers.people import RegisterStaff
from suppliers.ports import Role
from tests.web.forms_of import hidden
from tests.web.stage import Stage
from web import answer, pages, signin
from web.orders import FIELD, issue, new_id
from web.staff import Staff

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def changing() -> Iterator[str]:
    """Every route that changes something, with its places filled."""
    for router in (*signin.routers(), *answer.routers, *pages.routers):
        for route in router.routes:
            if isinstance(route, APIRoute) and route.methods & UNSAFE:
                yield re.sub(
                    r"\{[^}]+\}", "00000000-0000-0000-0000-000000000001", re.sub(r"\{[^}]+:int\}", "1", route.path)
                )


async def entered(stage: Stage) -> tuple[httpx.AsyncClient, str]:
    """A signed-in browser and its token."""
    await stage.staff("Helen Marsh", Role.ADMINISTRATOR, Role.PROCUREMENT, Role.LEGAL)
    browser = stage.browser()
    page = await browser.get("/sign-in")
    await browser.post("/sign-in", data={**hidden(page, "/sign-in"), "email": "helen@meridian.example"})
    page = await browser.get("/sign-in/code")
    code = await stage.letters.newest()
    await browser.post("/sign-in/code", data={**hidden(page, "/sign-in/code"), "code": code})
    token = await stage.pool.fetchval("SELECT csrf_secret FROM sessions ORDER BY created_at DESC LIMIT 1")
    return browser, str(token)


async def test_no_route_changes_anything_without_the_sessions_token(stage: Stage) -> None:
    browser, token = await entered(stage)
    paths = sorted(set(changing()))
    assert len(paths) > 20
    events = await stage.events()
    for path in paths:
        for headers in ({}, {"X-CSRF-Token": "guess"}, {"X-CSRF-Token": token, "Origin": "https://evil.example"}):
            answered = await browser.post(path, data={"reason": "x"}, headers=headers)
            expected = {401} if path.startswith("/answers/") and "Origin" not in headers else {403}
            assert answered.status_code in expected, (path, headers, answered.status_code)
        stranger = await stage.browser().post(path, data={"csrf": token})
        assert stranger.status_code in (303, 401, 403), (path, stranger.status_code)
    assert await stage.events() == events


def with_trials(app: FastAPI) -> None:
    """Routes that fail in each way, and one that gives an order."""

    @app.get("/trial/{name}")
    async def fail(name: str) -> Response:
        raise {
            "stale": StaleWrite(), "gone": NoSuchRecord(), "seat": NoSeat(), "ours": RuntimeError("x"),
            "store": asyncpg.ConnectionDoesNotExistError("x"), "slow": TimeoutError(),
        }[name]  # fmt: skip

    @app.post("/trial")
    async def order(request: Request, staff: Staff) -> Response:
        form = await request.form()
        person = RegisterStaff(
            person_id=await new_id(request), name=str(form["name"]), email="new@meridian.example", roles=frozenset()
        )
        await issue(request, person, views=["people"])
        return Response(str(person.person_id))


@pytest.mark.parametrize(
    ("name", "status"), [("stale", 409), ("gone", 404), ("seat", 403), ("ours", 500), ("store", 503), ("slow", 503)]
)
async def test_a_failure_is_a_page_a_fragment_or_json(stage: Stage, name: str, status: int) -> None:
    with_trials(stage.app)
    page = await stage.browser().get(f"/trial/{name}")
    part = await stage.browser().get(f"/trial/{name}", headers={"HX-Request": "true"})
    data = await stage.browser().get(f"/trial/{name}", headers={"Accept": "application/json"})
    assert [page.status_code, part.status_code, data.status_code] == [status] * 3
    assert page.text.startswith("<!doctype html>") and part.text.lstrip().startswith('<div class="refusal"')
    assert data.json()["error"] and page.headers["x-request-id"] in page.text
    for each in (page, part, data):
        assert "script-src 'self'" in each.headers["content-security-policy"]
        assert each.headers["cache-control"] == "no-store"


async def test_a_stale_form_leads_back_to_the_present_state(stage: Stage) -> None:
    browser, token = await entered(stage)

    @stage.app.post("/trial/overtaken")
    async def overtaken() -> None:
        raise StaleWrite

    seen = {"X-CSRF-Token": token, "Referer": "https://risk.example/suppliers/1?tab=uses"}
    answered = await browser.post("/trial/overtaken", headers=seen)
    assert answered.status_code == 409 and 'href="/suppliers/1?tab=uses"' in answered.text


async def test_a_form_sent_twice_is_done_once_and_a_changed_one_again(stage: Stage) -> None:
    with_trials(stage.app)
    browser, token = await entered(stage)
    form = {"csrf": token, FIELD: "5f2b1a52-7d49-4b0a-9df5-0c2f7b3c4d5e", "name": "Tom Okafor"}
    events = await stage.events()
    first, second = [await browser.post("/trial", data=form) for _ in "12"]
    assert first.text == second.text and await stage.events() == events + 1
    other = await browser.post("/trial", data={**form, "name": "Tomas Okafor"})
    assert other.text != first.text and await stage.events() == events + 2


async def test_the_request_is_named_in_its_events_and_its_answer(stage: Stage) -> None:
    with_trials(stage.app)
    browser, token = await entered(stage)
    named = await browser.post("/trial", data={"csrf": token, "name": "T"}, headers={"X-Request-ID": "trace-12345678"})
    assert named.headers["x-request-id"] == "trace-12345678"
    assert await stage.pool.fetchval("SELECT correlation_id FROM event_log ORDER BY position DESC") == "trace-12345678"
    assert (await browser.get("/nope", headers={"X-Request-ID": "a b\x7f"})).headers["x-request-id"] != "a b\x7f"


async def test_views_that_lag_are_said_on_the_page(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def late(self: Stage, views: object, position: int, timeout: float = 1.0) -> bool:
        return False

    with_trials(stage.app)
    browser, token = await entered(stage)
    monkeypatch.setattr(Stage, "wait", late)
    await browser.post("/trial", data={"csrf": token, "name": "T"})
    assert "It is recorded." in (await browser.get("/nope")).text
    assert "It is recorded." not in (await browser.get("/nope")).text
    assert isinstance(stage.projector, Projector)


async def test_bare_statuses_have_pages_too(stage: Stage) -> None:
    browser = stage.browser()
    assert (await browser.get("/nothing/here")).status_code == 404
    wrong = await browser.put("/sign-in")
    assert wrong.status_code == 405 and "Nothing was changed" in wrong.text and "GET" in wrong.headers["allow"]
    assert (await browser.get("/docs")).status_code == (await browser.get("/openapi.json")).status_code == 404
    styles = await browser.get("/static/css/tokens.css?v=1")
    assert "immutable" in styles.headers["cache-control"]


async def test_htmx_and_scripts_are_told_to_sign_in(stage: Stage) -> None:
    with_trials(stage.app)
    browser = stage.browser()
    plain = await browser.post("/trial")
    part = await browser.post("/trial", headers={"HX-Request": "true", "HX-Current-URL": "https://risk.example/x?a=1"})
    data = await browser.post("/trial", headers={"Accept": "application/json"})
    assert (plain.status_code, plain.headers["location"]) == (303, "/sign-in")
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/sign-in?next=%2Fx%3Fa%3D1")
    assert data.status_code == 401 and data.json()["error"]
