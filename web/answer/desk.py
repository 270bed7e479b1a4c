"""What every page of the questionnaire starts from: who answers, what is asked, the names around it."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import HTMLResponse

from suppliers.assessment import Assessment, AssessmentState
from suppliers.errors import NoSuchRecord
from suppliers.ports import Command
from suppliers.questionnaires.model import Question
from web.answer.about import about, names
from web.answer.session import Answering, Vendor
from web.answer.sheet import Part, Sheet
from web.answer.vendor_page import show
from web.answer.wording import Wording
from web.context import services_of
from web.orders import issue
from web.refusals import Answered


class CameBack(Answered):
    """These answers came back to you with a question. Open the overview, read it, and go on from there."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The vendor's desk for one request."""

    request: Request
    vendor: Answering
    sheet: Sheet

    @property
    def assessment(self) -> Assessment:
        return self.vendor.assessment

    @property
    def base(self) -> str:
        return f"/answers/{self.assessment.id}"

    @property
    def writable(self) -> bool:
        return self.assessment.state is AssessmentState.BEGUN

    def part(self, id: str) -> Part:
        """A section of this questionnaire that has questions for this vendor."""
        part = self.sheet.part(id)
        if part is None:
            raise NoSuchRecord
        return part

    def question(self, id: str) -> Question:
        """A question that may come up for this vendor."""
        found = next((each for each in self.sheet.possible if each.id == id), None)
        if found is None:
            raise NoSuchRecord
        return found

    def need_writable(self) -> None:
        """Answers that came back are taken up again by a person, not by a page that was left open."""
        if self.assessment.state in (AssessmentState.RETURNED, AssessmentState.SENT):
            raise CameBack

    async def issue(self, command: Command) -> int:
        """On the log when this returns."""
        return await issue(self.request, command, actor=self.vendor.actor)

    async def again(self) -> Desk:
        """The same desk with the assessment as it is on the log now."""
        services = services_of(self.request)
        fresh = await services.office.load(Assessment, self.assessment.id)
        vendor = Answering(fresh, self.vendor.actor, self.vendor.csrf, self.vendor.session)
        return Desk(self.request, vendor, Sheet(fresh, services.library))

    async def wording(self) -> Wording:
        services = services_of(self.request)
        answered_by = {each.by for each in self.assessment.answers.values()}
        return Wording(
            assessment=self.assessment,
            company=services.identity.company,
            names=await names(services.office, answered_by),
            mine=self.vendor.actor.id,
            now=services.clock.now(),
        )

    async def page(self, template: str, *, status_code: int = 200, **context: Any) -> HTMLResponse:
        around = await about(services_of(self.request).office, self.assessment)
        here = context.pop("here", "")
        context = {"writable": self.writable, "places": self._places(here), **context}
        return show(
            self.request, template, self.assessment, around, sheet=self.sheet, status_code=status_code, inside=True,
            **context,
        )  # fmt: skip

    def _places(self, here: str) -> list[dict[str, Any]]:
        """The sections and the last step, as the menu lists them."""
        places = [
            {
                "id": part.id,
                "title": part.section.title,
                "href": f"{self.base}/sections/{part.id}",
                "answered": part.answered,
                "asked": part.asked,
                "current": part.id == here,
            }
            for part in self.sheet.parts
        ]
        last = {"title": _("Check and submit"), "href": f"{self.base}/check", "answered": 0, "asked": 0}
        return [*places, last | {"current": here == "check"}] if self.assessment.with_vendor else places

    @property
    def files_taken(self) -> str:
        most = services_of(self.request).upload_limit // 1_000_000
        return _("PDF, Word, Excel, CSV, text, JSON or image, up to %(most)s MB each") % {"most": most}


async def desk_of(request: Request, vendor: Vendor) -> Desk:
    return Desk(request, vendor, Sheet(vendor.assessment, services_of(request).library))


AtDesk = Annotated[Desk, Depends(desk_of)]
