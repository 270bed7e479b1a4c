"""The staff's pages in Chromium under the strict policy: wide and on a phone, by keyboard, without a fault by axe."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import UUID

import asyncpg
from playwright.async_api import Page

from clock import MovableClock
from suppliers.assurance import GiveAttestation
from suppliers.attestation import Document
from suppliers.onboarding import ProposeSupplier
from suppliers.ports import SEATS, Actor, Role
from suppliers.supplier import SupplierDetails
from tests.web.pages.house import House
from tests.web.served import DESKTOP, PHONE, chromium, faults, free_port, served, tab_to, too_wide, window

ROLES = frozenset({Role.PROCUREMENT, Role.RISK_MANAGER, Role.ADMINISTRATOR, *SEATS})


@asynccontextmanager
async def at_work(house: House, port: int, *, size: dict[str, int] = DESKTOP) -> AsyncIterator[Page]:
    """A page of somebody signed in by one click; what the console says is an error."""
    async with chromium() as browser:
        context = await window(browser, f"http://127.0.0.1:{port}", size=size)
        page = await context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        await page.goto("/sign-in")
        await page.get_by_role("button", name="Dana Whitfield").click()
        await page.wait_for_url("**/")
        yield page
        assert said == []


@asynccontextmanager
async def open_house(pool: asyncpg.Pool, clock: MovableClock) -> AsyncIterator[tuple[House, int]]:
    listener = free_port()
    port: int = listener.getsockname()[1]
    house = House(pool, clock, base_url=f"http://127.0.0.1:{port}")
    object.__setattr__(house.services, "identity", replace(house.identity, demo=True))
    async with served(house.app, listener):
        yield house, port


async def furnished(house: House) -> tuple[Actor, UUID]:
    """A supplier with a rated use, attestations to verify, and others around it."""
    dana = Actor(id=await house.staff("Dana Whitfield", *ROLES), roles=ROLES)
    await house.supplier("Umber Search", by=dana)
    supplier = await house.supplier(by=dana, owner=dana.id)
    await house.use(supplier, by=dana, score=3)
    document = Document(issuer="Schellman", valid_from=house.clock.now().date(), valid_until=None)
    await house.do(GiveAttestation(supplier_id=supplier, type="soc2_type2", document=document), dana)
    await house.projector.catch_up()
    return dana, supplier


async def test_every_page_is_sound_wide_and_on_a_phone(pool: asyncpg.Pool, clock: MovableClock) -> None:
    async with open_house(pool, clock) as (house, port):
        dana, supplier = await furnished(house)
        here = f"/suppliers/{supplier}"
        paths = [
            "/", "/suppliers", "/suppliers?q=nothing", "/suppliers/new", here, f"{here}/inventory",
            f"{here}/attestations", f"{here}/decisions", f"{here}/activity", f"{here}/subjects/new",
            f"{here}/do/correct", f"{here}/attestations/new", "/activity", "/people", f"/people/{dana.id}", "/method",
            "/search?q=e",
        ]  # fmt: skip
        async with at_work(house, port) as page:
            for path in paths:
                await page.goto(path)
                for size in (DESKTOP, PHONE):
                    await page.set_viewport_size(size)
                    assert (path, await faults(page), await too_wide(page)) == (path, [], 0)
            for path in ("/activity", f"/?as_of={await house.events()}"):
                await page.goto(path)
                await page.locator(".as-of-picker > summary").click()
                assert (path, await faults(page), await too_wide(page)) == (path, [], 0)


async def test_the_intake_is_filled_in_by_keyboard_with_the_tier_in_sight(
    pool: asyncpg.Pool, clock: MovableClock
) -> None:
    async with open_house(pool, clock) as (house, port):
        _, supplier = await furnished(house)
        async with at_work(house, port, size=PHONE) as page:
            await page.goto("/suppliers/new")
            await page.locator("#f-name").press_sequentially("Northwnd Cognition")
            await page.get_by_text("Very similar name.").wait_for()
            await tab_to(page, "Northwind Cognition")
            await page.keyboard.press("Enter")
            await page.wait_for_url(f"**/suppliers/{supplier}")
            await page.goto(f"/suppliers/{supplier}/inventory")
            await page.get_by_role("link", name="Describe another use").click()
            assert await faults(page) == []
            tier = page.locator("#preview .preview-tier")
            await page.locator("#f-factor_people").focus()
            async with page.expect_response("**/uses/preview"):
                await page.keyboard.press("Space")
            await tier.get_by_text("80.0").wait_for()
            assert await tier.is_visible() and await too_wide(page) == 0


async def test_show_more_appends_rows_and_goes_away_at_the_end(pool: asyncpg.Pool, clock: MovableClock) -> None:
    async with open_house(pool, clock) as (house, port):
        await furnished(house)
        for index in range(60):
            await house.do(ProposeSupplier(details=SupplierDetails(name=f"Supplier {index:03}")))
        await house.projector.catch_up()
        async with at_work(house, port) as page:
            await page.goto("/suppliers")
            assert await page.locator("#rows tr").count() == 50
            await page.get_by_role("link", name="Show more").click()
            await page.locator("#rows tr").nth(61).wait_for()
            assert await page.locator("#rows tr").count() == 62
            assert await page.get_by_role("link", name="Show more").count() == 0
            await page.goto("/activity?kind=Supplier")
            before = await page.locator("#entries .timeline-item").count()
            await page.get_by_role("link", name="Earlier").click()
            await page.locator("#entries .timeline-item").nth(before).wait_for()
