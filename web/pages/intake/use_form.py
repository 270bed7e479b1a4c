"""How the form of a use is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from suppliers.use import SubjectKind, Use
from web.context import services_of
from web.page import render
from web.pages.given import Given
from web.pages.intake import screening
from web.pages.intake.facts import HINTS, I_DO_NOT_KNOW, asked, choices, field_of
from web.pages.intake.preview import Preview, preview
from web.pages.intake.subject import Subject

TEMPLATE = "staff/intake/use.html"


def looked_up(request: Request, subject: Subject, given: Given) -> Preview:
    """What the answers so far lead to, today."""
    services = services_of(request)
    return preview(given, subject.kind, subject.known, services.policy, services.clock.now().date())


async def show(
    request: Request, subject: Subject, given: Given, errors: Mapping[str, str], use: Use | None = None
) -> Response:
    """The form with what is filled in; `use` when its intake is answered anew."""
    factors = [
        (f"factor_{rule.id.value}", rule.title, (*rule.choices, I_DO_NOT_KNOW))
        for rule in services_of(request).policy.factors
    ]
    return render(
        request,
        TEMPLATE,
        status_code=422 if errors else 200,
        subject=subject,
        use=use,
        given=given,
        errors=errors,
        factors=factors,
        questions=questions(subject.kind),
        tree=screening,
        unsure=I_DO_NOT_KNOW,
        preview=looked_up(request, subject, given),
    )


def questions(kind: SubjectKind) -> list[dict[str, Any]]:
    """The facts as the template asks for them."""
    return [
        {"name": field_of(each), "text": each.text, "kind": each.kind, "choices": choices(each),
         "hint": HINTS.get(each.fact, "")}
        for each in asked(kind)
    ]  # fmt: skip
