"""Staff sign in by a mailed code, and nobody else does."""

from __future__ import annotations

import httpx
import pytest

from suppliers.people import EndAccess, WithdrawRole
from suppliers.ports import Role
from tests.web.forms_of import hidden
from tests.web.stage import Stage
from web.security.limits import CODES_MAILED


async def asked(browser: httpx.AsyncClient, email: str) -> httpx.Response:
    page = await browser.get("/sign-in")
    return await browser.post("/sign-in", data={**hidden(page, "/sign-in"), "email": email})


async def entered(browser: httpx.AsyncClient, code: str, **more: str) -> httpx.Response:
    page = await browser.get("/sign-in/code")
    return await browser.post("/sign-in/code", data={**hidden(page, "/sign-in/code"), "code": code, **more})


async def signed_in(stage: Stage) -> httpx.AsyncClient:
    browser = stage.browser()
    await asked(browser, "dana@meridian.example")
    assert (await entered(browser, await stage.letters.newest())).status_code == 303
    return browser


async def test_a_mailed_code_opens_a_session_in_the_browser_that_asked(stage: Stage) -> None:
    await stage.staff("Dana Whitfield", Role.PROCUREMENT)
    browser = stage.browser()
    assert (await asked(browser, "Dana@Meridian.example ")).headers["location"] == "/sign-in/code"
    done = await entered(browser, await stage.letters.newest(), next="/suppliers?tier=1")
    assert (done.status_code, done.headers["location"]) == (303, "/suppliers?tier=1")
    cookie = next(each for each in done.headers.get_list("set-cookie") if each.startswith("__Host-tierce="))
    assert all(part in cookie for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/")) and "Domain" not in cookie
    assert (await browser.get("/sign-in")).headers["location"] == "/"


async def test_another_browser_cannot_use_the_code(stage: Stage) -> None:
    await stage.staff("Dana Whitfield")
    await asked(stage.browser(), "dana@meridian.example")
    assert (await entered(stage.browser(), await stage.letters.newest())).status_code == 422


async def test_a_code_works_once_and_for_ten_minutes_and_five_tries(stage: Stage) -> None:
    await stage.staff("Dana Whitfield")
    once = stage.browser()
    await asked(once, "dana@meridian.example")
    code, page = await stage.letters.newest(), await once.get("/sign-in/code")
    again = {**hidden(page, "/sign-in/code"), "code": code}
    assert [(await once.post("/sign-in/code", data=again)).status_code for _ in "12"] == [303, 422]
    late = stage.browser()
    await asked(late, "dana@meridian.example")
    stage.pass_time(minutes=11)
    assert (await entered(late, await stage.letters.newest())).status_code == 422
    hasty = stage.browser()
    await asked(hasty, "dana@meridian.example")
    code = await stage.letters.newest()
    wrong = "000000" if code != "000000" else "000001"
    assert "4 more tries" in (await entered(hasty, wrong)).text
    for _ in range(4):
        await entered(hasty, wrong)
    assert "no longer works" in (await entered(hasty, code)).text


async def test_an_unknown_address_gets_the_same_answers_and_no_mail(stage: Stage) -> None:
    await stage.staff("Dana Whitfield")
    known, unknown = stage.browser(), stage.browser()
    first, second = await asked(known, "dana@meridian.example"), await asked(unknown, "nobody@meridian.example")
    assert (first.status_code, first.headers["location"]) == (second.status_code, second.headers["location"])
    assert "4 more tries" in (await entered(unknown, "123456")).text
    await stage.letters.newest()
    assert not stage.letters.codes


async def test_a_contact_of_a_supplier_cannot_sign_in(stage: Stage) -> None:
    await stage.sent()
    await asked(stage.browser(), "priya@northwind.example")
    assert not stage.letters.codes


async def test_codes_to_one_address_are_limited_whoever_asks(stage: Stage) -> None:
    await stage.staff("Dana Whitfield")
    for _ in range(CODES_MAILED.most):
        assert (await asked(stage.browser(), "who@meridian.example")).status_code == 303
    refused = await asked(stage.browser(), "who@meridian.example")
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) > 0
    stage.pass_time(hours=1)
    assert (await asked(stage.browser(), "who@meridian.example")).status_code == 303


async def test_ended_access_and_a_withdrawn_role_count_at_once(stage: Stage) -> None:
    dana = await stage.staff("Dana Whitfield", Role.PROCUREMENT)
    browser = await signed_in(stage)
    await stage.do(WithdrawRole(person_id=dana, role=Role.PROCUREMENT))
    await stage.do(EndAccess(person_id=dana, reason="left"))
    assert (await browser.get("/sign-in")).status_code == 200
    csrf = {"X-CSRF-Token": "x"}
    assert (await browser.post("/sign-out", headers=csrf)).status_code == 403


async def test_a_session_ends_when_idle_and_on_signing_out(stage: Stage) -> None:
    await stage.staff("Dana Whitfield")
    browser = await signed_in(stage)
    stage.pass_time(hours=9)
    assert (await browser.get("/sign-in")).status_code == 200
    browser = await signed_in(stage)
    row = await stage.pool.fetchrow("SELECT csrf_secret FROM sessions ORDER BY created_at DESC LIMIT 1")
    left = await browser.post("/sign-out", data={"csrf": row["csrf_secret"]})
    assert left.headers["location"] == "/sign-in"
    assert (await browser.get("/sign-in")).status_code == 200


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
async def test_signing_in_leads_nowhere_else(stage: Stage, next: str) -> None:
    await stage.staff("Dana Whitfield")
    browser = stage.browser()
    await asked(browser, "dana@meridian.example")
    done = await entered(browser, await stage.letters.newest(), next=next)
    assert done.headers["location"] == "/"


async def test_one_click_works_in_a_demo_on_this_machine_only(pool, clock) -> None:  # type: ignore[no-untyped-def]
    stage = Stage(pool, clock, base_url="http://127.0.0.1:8000", demo=True)
    dana = await stage.staff("Dana Whitfield", Role.PROCUREMENT)
    far = stage.browser()
    page = await far.get("/sign-in")
    assert "Dana Whitfield" not in page.text
    assert (await far.post("/sign-in/demo", data={**hidden(page), "person_id": str(dana)})).status_code == 404
    transport = httpx.ASGITransport(app=stage.app, client=("127.0.0.1", 50000))
    near = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000")
    page = await near.get("/sign-in")
    done = await near.post("/sign-in/demo", data=hidden(page, "/sign-in/demo"))
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert (await near.get("/sign-in")).status_code == 303


async def test_a_new_instance_on_this_machine_begins_with_a_person_for_each_role_once(pool, clock) -> None:  # type: ignore[no-untyped-def]
    stage = Stage(pool, clock, base_url="http://127.0.0.1:8000", demo=True)
    await stage.projector.catch_up()
    transport = httpx.ASGITransport(app=stage.app, client=("127.0.0.1", 50000))
    near = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000")
    page = await near.get("/sign-in")
    assert "Begin empty" in page.text
    begun = await near.post("/sign-in/demo/begin", data=hidden(page, "/sign-in/demo/begin"))
    assert (begun.status_code, begun.headers["location"]) == (303, "/sign-in")
    page = await near.get("/sign-in")
    assert "Ann Administrator" in page.text
    again = await near.post("/sign-in/demo/begin", data=hidden(page))
    assert again.status_code == 404
    done = await near.post("/sign-in/demo", data=hidden(page, "/sign-in/demo"))
    assert done.status_code == 303
