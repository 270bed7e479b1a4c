"""Suppliers who are all to be asked at once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cli.store import Store
from desk import PROCUREMENT, MemoryDesk
from story import with_use
from suppliers.diligence import OpenAssessment, SendQuestionnaire
from suppliers.onboarding import ContactDetails, ProposeSupplier
from suppliers.supplier import SupplierDetails
from suppliers.use import SubjectKind

INVITATION = "asks about"
"""Words that the subject of invitations has, and no other."""


def address(number: int) -> str:
    return f"contact{number}@vendor.example"


async def opened(store: Store, count: int) -> list[UUID]:
    """That many assessments, each of a supplier of its own, ready to be sent."""
    held: list[Any] = []
    found: list[UUID] = []
    for number in range(count):
        desk = MemoryDesk(datetime.now(UTC))
        propose = ProposeSupplier(
            details=SupplierDetails(name=f"Supplier {number}", country="DE"),
            contact=ContactDetails(name=f"Contact {number}", email=address(number)),
            owner=PROCUREMENT.id,
            sanctions_clean=True,
        )
        desk.hand_in(propose)
        command = OpenAssessment(use_id=with_use(desk, propose.supplier_id, kind=SubjectKind.DATA_SOURCE))
        desk.hand_in(command)
        held += desk.held.values()
        found.append(command.assessment_id)
    await store.repository.save(*held, actor=PROCUREMENT.id)
    return found


async def send_all(store: Store, assessments: list[UUID]) -> None:
    """As fast as the office takes it; each is accepted when this returns."""
    orders = [SendQuestionnaire(assessment_id=id) for id in assessments]
    receipts = await asyncio.gather(*(store.office.issue(each, actor=PROCUREMENT) for each in orders))
    assert all(receipt.position for receipt in receipts)
