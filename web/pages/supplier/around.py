"""What is around a supplier: its rounds, decisions and activity, now or as of the moment looked back to."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from fastapi import Request

from projections import activity, assessments, docket
from projections.activity import Entry
from projections.assessments import AssessmentRow, Card
from projections.docket import Item, ReviewRow
from web.context import services_of
from web.pages.supplier.file import File


async def rounds_of(request: Request, file: File) -> Sequence[Card]:
    """All rounds, the latest first."""
    if file.past is None:
        return await assessments.of_supplier(services_of(request).pool, file.id)
    return [card(file, each) for each in file.past.rounds]


async def items_of(request: Request, file: File) -> Sequence[Item]:
    """All that the council was asked, the latest first."""
    if file.past is None:
        return await docket.of_supplier(services_of(request).pool, file.id)
    return [item(file, each) for each in file.past.reviews]


async def entries_of(request: Request, file: File, *, limit: int) -> Sequence[Entry]:
    """What happened last."""
    if file.past is None:
        return await activity.of_supplier(services_of(request).pool, services_of(request).archive, file.id, limit=limit)
    return file.past.entries()[:limit]


def card(file: File, row: AssessmentRow) -> Card:
    """A round with the names of what it is about."""
    title, name = named(file, row.use_id), named(file, row.subject_id)
    return Card(assessment=row, supplier_name=file.line.name, use_title=title, subject_name=name)


def item(file: File, row: ReviewRow) -> Item:
    """A review with the names of what it is about."""
    return Item(review=row, supplier_name=file.line.name, use_title=named(file, row.use_id))


def named(file: File, id: UUID) -> str:
    return file.dossier.names.get(id, "")
