"""In a real browser: the pages of diligence and the council are accessible, fit a phone, and judge without jumping."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest
from playwright.async_api import Browser, Page, expect

from clock import MovableClock
from projections import posture
from suppliers.assurance import GiveAttestation
from suppliers.attestation import Document
from suppliers.diligence import MarkOverdue
from suppliers.governance import DecideReview, TableReview
from suppliers.ports import Actor, Role
from suppliers.review import Condition, Outcome
from tests.web.pages.rounds import Rounds
from tests.web.served import DESKTOP, PHONE, chromium, faults, free_port, served, too_wide
from web.security.sessions import STAFF

PICTURES = os.environ.get("PICTURES", "")
"""A folder for pictures of every page, for whoever works on the looks."""
NAMES = ("Halcyon Speech", "Quillon Data", "Ferro Vision", "Orchard Retrieval", "Tessel Translate")


@dataclass
class Company:
    """A portfolio in all stages, and somebody who buys, reviews and sits on the council."""

    rounds: Rounds
    browser: Browser
    url: str
    helen: UUID = field(default_factory=uuid4)
    at: dict[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    async def fill(self) -> None:
        rounds = self.rounds
        dana = await rounds.begin(score=3)
        await self._early_rounds(dana.actor)
        late = await rounds.mailed(await self._use(NAMES[0], 4))
        rounds.pass_time(days=24)
        await rounds.do(MarkOverdue(assessment_id=late))
        self.at["/assessments/{prepared}/send"] = f"/assessments/{await rounds.opened()}/send"
        ready = await self._use(NAMES[4], 1)
        await rounds.closed(ready)
        self.at["/council/{open}"] = await self._tabled(rounds.use_id, "May we go on using Northwind Cognition?")
        decided = await self._tabled(ready, "May we use Tessel Translate for policies?")
        self.at["/council/{decided}"] = decided
        self.helen = await rounds.staff("Helen Marsh", Role.LEGAL, Role.PROCUREMENT, Role.RISK_MANAGER)
        await self._decided(decided, ready)
        self.at["/council/new"] = f"/council/new?use={await self._use('Baseline Labs', 2)}"
        await self._letters()
        await rounds.projector.catch_up()

    async def _early_rounds(self, by: Actor) -> None:
        rounds = self.rounds
        answering = await rounds.mailed(await self._use(NAMES[1], 2))
        await rounds.begun(answering)
        self.at["/assessments/{answering}"] = f"/assessments/{answering}"
        submitted = await rounds.submitted(await self._use(NAMES[2], 2))
        self.at["/assessments/{submitted}"] = f"/assessments/{submitted}"
        self.at["/assessments/{submitted}/return"] = f"/assessments/{submitted}/return"
        use = await self._use(NAMES[3], 1)
        supplier = (await posture.of_use(rounds.pool, use)).id  # type: ignore[union-attr]
        self.at["/suppliers/{}/assessments/new"] = f"/suppliers/{supplier}/assessments/new?use={use}"
        insured = Document(issuer="Insurer AG", valid_from=rounds.clock.now().date().replace(year=2025),
                           valid_until=rounds.clock.now().date().replace(month=2, day=20))  # fmt: skip
        await rounds.do(GiveAttestation(supplier_id=supplier, type="insurance", document=insured), by)

    async def _use(self, name: str, score: int) -> UUID:
        dana = self.rounds.dana
        supplier = await self.rounds.supplier(name, by=dana.actor, owner=dana.id)
        return await self.rounds.use(supplier, by=dana.actor, score=score, title="Reading claims documents")

    async def _tabled(self, use_id: UUID, question: str) -> str:
        pack = await posture.pack(self.rounds.pool, use_id)
        assert pack is not None
        made = await self.rounds.do(TableReview(use_id=use_id, question=question, pack=pack), self.rounds.dana.actor)
        await self.rounds.projector.catch_up()
        return f"/council/{made.review_id}"

    async def _decided(self, here: str, use_id: UUID) -> None:
        day = self.rounds.clock.now().date()
        pack = await posture.pack(self.rounds.pool, use_id)
        assert pack is not None
        command = DecideReview(
            review_id=UUID(here.rsplit("/", 1)[1]), outcome=Outcome.CONDITIONAL, current=pack,
            reasons="Sound answers. The addendum on training must be signed before claims documents are sent.",
            conditions=(Condition(text="Sign the addendum", owner=self.helen, due_on=day.replace(day=day.day + 1)),),
        )  # fmt: skip
        await self.rounds.do(command, Actor(id=self.helen, roles=frozenset({Role.LEGAL})))

    async def _letters(self) -> None:
        put = """
            INSERT INTO letters (key, letter, recipient, subject, state, attempts, smtp_code, smtp_text, created_at)
            VALUES ($1, 'questionnaire_invitation', 'priya@northwind.example', $2, $3, 1, $4, $5, $6)
        """
        for key, state, code, said in (("a", "done", 250, "ok"), ("b", "refused", 550, "no such mailbox"),
                                       ("c", "unknown", None, "connection lost")):  # fmt: skip
            subject = "Meridian Bank asks about Extract 2"
            await self.rounds.pool.execute(put, key, subject, state, code, said, self.rounds.clock.now())

    async def open(self, address: str, size: dict[str, int] | None = None, *, script: bool = True) -> Page:
        session = await STAFF.open(self.rounds.pool, self.helen, at=self.rounds.clock.now())
        context = await self.browser.new_context(
            viewport=size or DESKTOP,  # type: ignore[arg-type]
            java_script_enabled=script,
            base_url=self.url,
        )
        await context.add_cookies([{"name": "tierce", "value": session.token, "url": self.url}])
        context.set_default_timeout(8000)
        page = await context.new_page()
        page.on("console", lambda said: self._note(said.type, said.text))
        await page.goto(address)
        return page

    def _note(self, type: str, text: str) -> None:
        if type in ("error", "warning") and "sandbox" not in text:
            self.complaints.append(text)


@pytest.fixture
async def company(pool: asyncpg.Pool, clock: MovableClock) -> AsyncIterator[Company]:
    listener = free_port()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    rounds = Rounds(pool, clock, base_url=url)
    async with served(rounds.app, listener), chromium() as browser:
        made = Company(rounds, browser, url)
        await made.fill()
        yield made


async def picture(page: Page, name: str) -> None:
    """The upper part of the page, when somebody asked for pictures."""
    if PICTURES:
        width = page.viewport_size["width"]  # type: ignore[index]
        height = min(2200, await page.evaluate("document.documentElement.scrollHeight"))
        file = "".join(each if each.isalnum() else "_" for each in name).strip("_") + f"-{width}.png"
        clip = {"x": 0, "y": 0, "width": width, "height": height}
        await page.screenshot(path=Path(PICTURES) / file, full_page=True, clip=clip)  # type: ignore[arg-type]


async def test_every_page_is_accessible_and_fits_a_phone(company: Company) -> None:
    addresses = {"/assessments": "/assessments", "/assessments?view=list": "/assessments?view=list",
                 "/council": "/council", "/renewals": "/renewals", "/letters": "/letters", **company.at}  # fmt: skip
    found: dict[str, object] = {}
    page = await company.open("/")
    for name, address in addresses.items():
        await page.goto(address)
        for size in (DESKTOP, PHONE):
            await page.set_viewport_size(size)  # type: ignore[arg-type]
            await picture(page, name)
            problems = [*await faults(page), *(["too wide"] if await too_wide(page) > 0 else [])]
            if problems:
                found[f"{name} at {size['width']}"] = problems
    assert not found, found
    assert company.complaints == []


async def test_a_verdict_is_given_without_leaving_the_place(company: Company) -> None:
    page = await company.open(company.at["/assessments/{submitted}"])
    answer = page.locator("li.answer", has=page.get_by_role("button", name="Accept ")).nth(5)
    id = await answer.get_attribute("id")
    here = page.locator(f"#{id}")
    await here.scroll_into_view_if_needed()
    before = await page.evaluate("scrollY")
    await here.get_by_role("button", name="Accept ").click()
    await expect(here.locator(".judged")).to_contain_text("Accepted")
    assert abs(await page.evaluate("scrollY") - before) < 40
    await expect(page.locator("#review-progress")).to_contain_text("1 of ")
    await here.get_by_text("Change the verdict").click()
    await here.get_by_text("Challenge", exact=True).click()
    await here.get_by_role("button", name="Record").click()
    await expect(here.get_by_role("alert")).to_contain_text("Give a reason")
    await here.get_by_label("Reason").fill("Says nothing about deletion")
    await here.get_by_role("button", name="Record").click()
    await expect(here.locator(".judged")).to_contain_text("Challenged")
    assert page.url.endswith(company.at["/assessments/{submitted}"])


async def test_the_council_decides_on_a_phone_without_a_script(company: Company) -> None:
    page = await company.open(company.at["/council/{open}"], PHONE, script=False)
    if await page.get_by_text("The posture has changed since this was tabled").count():
        await page.get_by_role("button", name="Put the present posture under the question").click()
    await page.locator("input[value=reject]").check()
    await page.get_by_label("Reasons").fill("Its voice samples are kept after deletion was asked for.")
    await page.get_by_role("button", name="Record the decision").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Reject")
    await expect(page.get_by_text("Its voice samples are kept")).to_be_visible()
