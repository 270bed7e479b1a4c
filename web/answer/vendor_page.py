"""A vendor's page in its frame."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse

from suppliers.assessment import Assessment
from web.answer.about import About
from web.answer.sheet import Sheet
from web.context import pages_of, services_of
from web.flashes import shown
from web.frame import VendorFrame


def show(
    request: Request,
    template: str,
    assessment: Assessment,
    about: About,
    *,
    sheet: Sheet | None = None,
    status_code: int = 200,
    inside: bool = False,
    **context: Any,
) -> HTMLResponse:
    """`inside` a session the frame names the person and shows how far they are."""
    services = services_of(request)
    answered, asked = sheet.progress if sheet and inside else (0, 0)
    frame = VendorFrame(
        company=services.identity.company,
        csrf=getattr(request.state, "csrf", ""),
        now=services.clock.now(),
        supplier=about.supplier,
        person=about.contact.name if inside else "",
        saved_at=max((each.at for each in assessment.answers.values()), default=None),
        answered=answered,
        asked=asked,
        read_only=not assessment.with_vendor,
        flashes=shown(request),
    )
    context = {"assessment": assessment, "about": about, "sheet": sheet, "base": f"/answers/{assessment.id}", **context}
    return HTMLResponse(pages_of(request).page(template, frame=frame, **context), status_code)
