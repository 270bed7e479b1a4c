"""A house in which suppliers are asked: rounds in every state, by the shortest way there."""

from __future__ import annotations

import re
from html import escape, unescape
from uuid import UUID

import httpx

from suppliers.answering import SubmitAnswers
from suppliers.assessment import Verdict
from suppliers.diligence import (
    AcceptAnswers,
    CloseAssessment,
    NoteQuestionnaireSent,
    OpenAssessment,
    ReviewAnswer,
    SendQuestionnaire,
)
from suppliers.ports import Actor, Role
from suppliers.questionnaires.library import library
from suppliers.questions import unreviewed
from tests.web.pages.house import House, Visitor
from web.services import Preview

REVIEWER = Actor(id=UUID(int=77), roles=frozenset({Role.RISK_MANAGER, Role.LEGAL}))


FORM = re.compile(r'<form method="post" action="([^"]*)".*?</form>', re.DOTALL)
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def fields_of(page: httpx.Response, action: str = "") -> dict[str, str]:
    """The hidden fields of a form of the page itself, found by its action; "" = the page's own address."""
    main = page.text[page.text.index("<main") :]
    wanted = {action} if action else {"", page.url.path}
    form = next(found for found in FORM.finditer(main) if found[1] in wanted)
    return {name: unescape(value) for name, value in FIELD.findall(form[0])}


async def fill_in(who: Visitor, path: str, form: str = "", **fields: object) -> httpx.Response:
    """Open a page, fill a form of it in and send it."""
    page = await who.opens(path)
    return await who.browser.post(form or path, data={**fields_of(page, form), **fields})


class Rounds(House):
    """`dana` buys; what she opens is about `self.use_id` of `self.supplier_id`."""

    supplier_id: UUID
    use_id: UUID
    dana: Visitor

    async def begin(self, *, owner: bool = True, score: int = 2) -> Visitor:
        self.letters.preview_invitation = self._preview  # type: ignore[method-assign]
        self.dana = await self.enter("Dana Whitfield", Role.PROCUREMENT)
        self.supplier_id = await self.supplier(by=self.dana.actor, owner=self.dana.id if owner else None)
        self.use_id = await self.use(self.supplier_id, by=self.dana.actor, score=score)
        return self.dana

    async def _preview(self, assessment_id: UUID, *, message: str) -> Preview:
        html = f"<html><body><h1>Meridian Bank asks</h1><p>{escape(message)}</p></body></html>"
        return Preview(to="priya@northwind.example", subject="Meridian Bank asks about Extract 2",
                       text=f"Meridian Bank asks.\n{message}", html=html)  # fmt: skip

    async def opened(self, use_id: UUID | None = None) -> UUID:
        made = await self.do(OpenAssessment(use_id=use_id or self.use_id), self.dana.actor)
        await self.projector.catch_up()
        return made.assessment_id

    async def mailed(self, use_id: UUID | None = None) -> UUID:
        id = await self.opened(use_id)
        await self.do(SendQuestionnaire(assessment_id=id), self.dana.actor)
        await self.do(NoteQuestionnaireSent(assessment_id=id, link=1, letter="l"))
        await self.projector.catch_up()
        return id

    async def submitted(self, use_id: UUID | None = None) -> UUID:
        return await self.submitted_on(await self.mailed(use_id))

    async def submitted_on(self, id: UUID) -> UUID:
        vendor = await self.begun(id)
        await self.fill_in(id)
        await self.do(SubmitAnswers(assessment_id=id, officer_name="Priya Raman", officer_title="CEO"), vendor)
        await self.projector.catch_up()
        return id

    async def reviewed(self, use_id: UUID | None = None) -> UUID:
        """Submitted, with every answer judged."""
        id = await self.submitted(use_id)
        await self.do(AcceptAnswers(assessment_id=id), REVIEWER)
        for question in unreviewed(await self.assessment(id), library()):
            judged = ReviewAnswer(
                assessment_id=id, question=question, verdict=Verdict.INDEPENDENT, score=1, reason="Tested by us."
            )
            await self.do(judged, REVIEWER)
        await self.projector.catch_up()
        return id

    async def closed(self, use_id: UUID | None = None) -> UUID:
        id = await self.reviewed(use_id)
        await self.do(CloseAssessment(assessment_id=id, summary="Sound answers."), REVIEWER)
        await self.projector.catch_up()
        return id
