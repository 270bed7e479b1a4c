"""Third part: the vendor answers everything through the mailed link, and hands it in."""

from __future__ import annotations

import re

from story import best
from suppliers.questionnaires.library import library
from tests.stories.asking import Round
from tests.stories.browser import Browser, Page
from tests.stories.buying import PRIYA, Bought, Cast, mail_of
from tests.stories.house import House
from tests.stories.mails import mailed, open_questions

QUESTION = re.compile(r"/sections/([\w-]+)#q-([\w-]+)$")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")
PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
CAREFUL, WORRYING = "MOD-06", "CON-04"
"""Questions whose answers raise a flag: one that a reviewer clears, one that stands."""
ADMITTED = {CAREFUL: "no", WORRYING: "yes"}


async def answer(home: House, people: Cast, bought: Bought, round: Round) -> None:
    async with home.browser() as priya:
        (await open_questions(priya, home.sink, PRIYA, round.link)).says("Extract 2")
        await fill_in(priya, round.vendors)
        check = await priya.open(f"{round.vendors}/check")
        receipt = await _submit(priya, check, round)
        receipt.says("Priya Raman", "Managing director")
        await _nothing_more_can_be_changed(home, priya, round, csrf=str(check.form("/submit").filled()["csrf"]))
    await mailed(home.sink, PRIYA, "has your answers about Extract 2")
    await mailed(home.sink, mail_of("dana"), "Northwind Cognition answered the questions about Extract 2")


async def fill_in(priya: Browser, here: str) -> None:
    """What is required and open is listed on the page to check; until it lists nothing.

    The first of each section is saved with its button, the others save by themselves.
    """
    while open_ones := _open(await priya.open(f"{here}/check")):
        for section, questions in open_ones.items():
            page = await priya.open(f"{here}/sections/{section}")
            for number, question in enumerate(questions):
                await _answer(priya, page, question, by_itself=number > 0)


def _open(check: Page) -> dict[str, list[str]]:
    if any(form.action.endswith("/submit") for form in check.forms):
        return {}
    found: dict[str, list[str]] = {}
    for href, _ in check.links:
        if listed := QUESTION.search(href):
            found.setdefault(listed[1], []).append(listed[2])
    assert found, check.text
    return found


async def _answer(priya: Browser, page: Page, id: str, *, by_itself: bool) -> None:
    question = next(each for each in library().latest("vendor_model").questions if each.id == id)
    if question.type == "file":
        await priya.send(page, f"/questions/{id}/evidence", file=(f"{id}.pdf", PDF, "application/pdf"))
        return
    value = ADMITTED.get(id, best(question))
    value = [str(each) for each in value] if isinstance(value, list) else str(value)
    if by_itself:
        saved = await priya.save(page, f"/questions/{id}", value=value)
        assert saved.status_code == 200 and saved.json()["revision"] == 1, saved.text
    else:
        await priya.send(page, f"/questions/{id}", value=value)


async def _submit(priya: Browser, check: Page, round: Round) -> Page:
    """Under the name of somebody who vouches for it; not without."""
    (await priya.send(check, "/submit", status=422)).says("Enter the name of the person who vouches")
    officer = {"officer_name": "Priya Raman", "officer_title": "Managing director"}
    receipt = await priya.send(check, "/submit", confirm="yes", **officer)
    assert receipt.path == f"{round.vendors}/receipt"
    return receipt


async def _nothing_more_can_be_changed(home: House, priya: Browser, round: Round, *, csrf: str) -> None:
    before = await home.facts()
    page = await priya.open(f"{round.vendors}/sections/MOD")
    assert not [form for form in page.forms if "/questions/" in form.action]
    assert "MOD-01.pdf" in page.text and not ID.search(page.text), page.text
    answer = await priya.client.post(
        f"{round.vendors}/questions/{CAREFUL}",
        data={"csrf": csrf, "value": "yes", "revision": "1"},
        headers={"Origin": priya.base_url},
    )
    assert 400 <= answer.status_code < 500, answer.text[:500]
    assert await home.facts() == before
