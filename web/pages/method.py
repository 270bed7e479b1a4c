"""How the risk method works, shown from the policy that computes with it."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import Response

from suppliers.attestation_types import attestation_rules
from suppliers.law import law_dates
from web.context import services_of
from web.page import render
from web.staff import Staff

router = APIRouter()


class Idea(NamedTuple):
    """An idea of the method and where it comes from."""

    idea: str
    source: str


IDEAS = (
    Idea("Identify, analyse, evaluate, treat, monitor; criteria fixed beforehand; record and report",
         "ISO 31000:2018, clauses 6.3 to 6.7"),
    Idea("Scales of 0 to 4 with written anchors; predisposing conditions; results with a time frame",
         "NIST SP 800-30 Rev. 1, Appendices D to I"),
    Idea("Controls lower frequency or magnitude, and never remove all risk", "FAIR (Open FAIR)"),
    Idea("A life cycle from planning to the end of a relationship, with effort by risk",
         "US Interagency Guidance on Third-Party Relationships, 88 FR 37920 (June 2023)"),
    Idea("Critical or important functions, a register, exit plans", "DORA, Regulation (EU) 2022/2554"),
    Idea("Weights, limits and appetite", "None of these sources gives any: they are choices of this policy"),
)  # fmt: skip


@router.get("/method")
async def method(request: Request, staff: Staff) -> Response:
    """Every table of the policy in force, the dates of the law with their sources, the rules for attestations."""
    services = services_of(request)
    dates = sorted(law_dates().dates, key=lambda each: (each.applies_from, each.id))
    return render(
        request,
        "staff/method.html",
        policy=services.policy,
        ideas=IDEAS,
        dates=dates,
        rules=attestation_rules(),
        today=services.clock.now().date(),
    )
