"""Chromium drives the vendor's pages: wide and narrow, by keyboard alone, without a script, without a network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from playwright.async_api import Browser, Page, expect

from clock import MovableClock
from suppliers.assessment import AssessmentState
from suppliers.ports import Role
from tests.web.served import DESKTOP, PHONE, chromium, faults, free_port, served, tab_to, too_wide, window
from tests.web.stage import Stage

PDF = {"name": "Register of sources.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 sources"}


@dataclass
class House:
    """The application under its address, and a browser before it."""

    stage: Stage
    browser: Browser
    url: str
    complaints: list[str]

    async def open(self, *, size: Any = DESKTOP, script: bool = True) -> Page:
        """A new window; whatever its console complains about is noted."""
        page = await (await window(self.browser, self.url, size=size, script=script)).new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if "Security" in said.text else None)
        return page

    async def come_in(self, page: Page, id: UUID) -> None:
        await page.goto(self.stage.link(id))
        await page.get_by_role("button", name="Send me a code").click()
        await page.get_by_label("Code from the mail").fill(await self.stage.letters.newest())
        await page.get_by_role("button", name="Open the questions").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Questions about News corpus")

    async def values(self, id: UUID) -> dict[str, Any]:
        return (await self.stage.assessment(id)).values


@pytest.fixture
async def house(pool: asyncpg.Pool, clock: MovableClock) -> AsyncIterator[House]:
    listener = free_port()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    stage, complaints = Stage(pool, clock, base_url=url, demo=True), list[str]()
    async with served(stage.app, listener), chromium() as browser:
        yield House(stage, browser, url, complaints)
    assert complaints == []


async def sound(page: Page) -> None:
    """Accessible, and no wider than the window, on a desk and on a phone."""
    for size in (PHONE, DESKTOP):
        await page.set_viewport_size(size)
        assert await too_wide(page) <= 0, (page.url, size)
        assert await faults(page) == [], (page.url, size)


async def test_from_the_link_to_the_receipt(house: House) -> None:
    id = await house.stage.sent()
    page = await house.open()
    await page.goto(house.stage.link(id))
    await sound(page)
    await house.come_in(page, id)
    await sound(page)
    await page.get_by_role("link", name="See all questions first").click()
    await sound(page)
    await page.goto(f"/answers/{id}/sections/SRC")
    await page.locator("#a-SRC-01").fill("Northwind Cognition GmbH, HRB 1234")
    await expect(page.locator("#q-SRC-01 [data-save-state]")).to_contain_text("Saved")
    await page.locator("#q-SRC-01 details", has_text="Add evidence").locator("summary").click()
    await page.set_input_files("#e-SRC-01", files=[PDF])  # type: ignore[list-item]
    await expect(page.locator("#files-SRC-01")).to_contain_text("Register of sources.pdf")
    await page.reload()
    await sound(page)
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name="Register of sources.pdf").click()
    assert (await downloading.value).suggested_filename == "Register of sources.pdf"
    await page.goto(f"/answers/{id}/check")
    await sound(page)
    await house.stage.fill_in(id)
    await page.reload()
    await page.get_by_role("button", name="Submit the answers").click()
    await sound(page)
    await page.get_by_label("Name of the person who vouches for the answers").fill("Priya Raman")
    await page.get_by_label("Their role or title").fill("Chief executive")
    await page.get_by_label("I am authorised").check()
    await page.get_by_role("button", name="Submit the answers").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are with Meridian Bank")
    await sound(page)
    assert (await house.stage.assessment(id)).state is AssessmentState.SUBMITTED


async def test_a_follow_up_appears_as_soon_as_its_answer_is_saved(house: House) -> None:
    id = await house.stage.sent()
    page = await house.open()
    await house.come_in(page, id)
    await page.goto(f"/answers/{id}/sections/PRV")
    await expect(page.locator("#q-PRV-02")).to_be_hidden()
    await page.locator("#q-PRV-01").get_by_label("Personal data", exact=True).check()
    await expect(page.locator("#q-PRV-02")).to_be_visible()
    await expect(page.locator("#q-PRV-02")).to_contain_text("Asked because of your answer to 4.1")
    await sound(page)


async def test_by_keyboard_alone_on_a_phone(house: House) -> None:
    id = await house.stage.sent()
    page = await house.open(size=PHONE)
    await page.goto(house.stage.link(id))
    await tab_to(page, "Send me a code")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/code")
    await tab_to(page, "Code from the mail")
    await page.keyboard.type(await house.stage.letters.newest())
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/answers/{id}")
    await tab_to(page, "Start answering")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/sections/SRC")
    await tab_to(page, "Give your full legal name")
    await page.keyboard.type("Northwind Cognition GmbH")
    await tab_to(page, "We create or collect it ourselves")
    await page.keyboard.press("Space")
    await expect(page.locator("#q-SRC-02 [data-save-state]")).to_contain_text("Saved")
    await expect(page.locator("#q-SRC-01 [data-save-state]")).to_contain_text("Saved")
    assert set(await house.values(id)) == {"SRC-01", "SRC-02"}
    await tab_to(page, "Continue to section 2")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/sections/PRO")


async def test_without_a_script_everything_can_be_answered_and_saved(house: House) -> None:
    id = await house.stage.sent()
    page = await house.open(script=False)
    await house.come_in(page, id)
    await page.goto(f"/answers/{id}/sections/PRV")
    await page.locator("#q-PRV-01").get_by_label("Personal data", exact=True).check()
    await page.locator("#q-PRV-01").get_by_role("button", name="Save this answer").click()
    await expect(page.locator("#q-PRV-02")).to_be_visible()
    await page.goto(f"/answers/{id}/sections/SRC")
    await page.locator("#a-SRC-01").fill("Northwind Cognition GmbH")
    await page.locator("#q-SRC-01").get_by_role("button", name="Save this answer").click()
    await page.locator("#q-SRC-01 details", has_text="Add a comment").locator("summary").click()
    await page.get_by_label("Comment on 1.1").fill("Register number follows")
    await page.get_by_role("button", name="Save the comment").click()
    await page.set_input_files("#e-SRC-04", files=[{**PDF, "name": "sheet.pdf"}])  # type: ignore[list-item]
    await page.locator("#q-SRC-04").get_by_role("button", name="Upload").click()
    await expect(page.locator("#files-SRC-04")).to_contain_text("sheet.pdf")
    assessment = await house.stage.assessment(id)
    assert assessment.answers["SRC-01"].note == "Register number follows" and "SRC-04" in assessment.values
    await page.locator("#files-SRC-04").get_by_role("button", name="Remove").click()
    await expect(page.locator("#files-SRC-04 li")).to_have_count(0)


async def test_what_is_typed_without_a_network_is_saved_when_it_is_back(house: House) -> None:
    id = await house.stage.sent()
    page = await house.open()
    await house.come_in(page, id)
    await page.goto(f"/answers/{id}/sections/SRC")
    await page.context.set_offline(True)
    await page.locator("#a-SRC-01").fill("Typed in a tunnel")
    await page.locator("#a-SRC-01").blur()
    await expect(page.locator("#q-SRC-01 [data-save-state]")).to_contain_text("Not saved")
    assert await house.values(id) == {}
    await page.context.set_offline(False)
    await expect(page.locator("#q-SRC-01 [data-save-state]")).to_contain_text("Saved")
    assert await house.values(id) == {"SRC-01": "Typed in a tunnel"}


async def test_chromium_keeps_a_host_cookie_on_loopback(house: House) -> None:
    await house.stage.staff("Helen Marsh", Role.LEGAL)
    page = await house.open()
    await page.goto("/sign-in?next=/static/mark.svg")
    await sound(page)
    await page.get_by_role("button", name="Helen Marsh").click()
    await page.wait_for_url("**/mark.svg")
    kept = {each["name"]: each for each in await page.context.cookies()}
    assert kept["__Host-tierce"]["secure"] and kept["__Host-tierce"]["httpOnly"]
    await page.context.clear_cookies(name="tierce")
    await page.goto("/sign-in?next=/static/mark.svg")
    assert page.url.endswith("/mark.svg")
