"""What waits for reviewers and for legal."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from projections import assessments
from projections.dossier import Awaited
from web.pages.home.queues import For, Queue, Thing, rounds
from web.words import words

MOST = 25
"""Things of a queue, and suppliers whose dossiers are opened for it."""


async def to_review(given: For) -> Queue:
    """Submitted; the supplier waits for us."""
    found = await assessments.to_review(given.pool, limit=MOST + 1, sources=given.sources)
    more = len(found) > MOST
    return rounds("to-review", "Answers to review", found[:MOST], "/assessments?stage=submitted", "warn", more)


async def to_verify(given: For) -> Queue:
    """Attestations nobody has checked; one's own are for somebody else."""
    found = await given.awaited.to_verify(limit=MOST)
    things = [
        Thing(each.attestation.title, f"/suppliers/{each.supplier_id}/attestations#{each.attestation.id}",
              each.supplier_name, each.attestation.document.valid_until)
        for each in found
        if each.attestation and each.attestation.given_by != given.me
    ]  # fmt: skip
    return Queue("to-verify", "Attestations to verify", things[:MOST], more=len(things) > MOST or _cut(found))


async def to_confirm(given: For) -> Queue:
    """EU AI Act classes that legal has not agreed to."""
    found = await given.awaited.to_confirm(limit=MOST)
    things = [
        Thing(each.use.title, _to_confirm(each.supplier_id, each.use.id, given),
              f"{each.supplier_name}, {words(each.use.classification.eu_class.value).lower()}")
        for each in found
        if each.use and each.use.classification and (given.everyone or each.use.requester != given.me)
    ]  # fmt: skip
    return Queue("to-confirm", "EU AI Act class to confirm", things[:MOST], more=len(things) > MOST or _cut(found))


def _to_confirm(supplier_id: UUID, use_id: UUID, given: For) -> str:
    """Legal goes straight to the form, others to the use; in the past nothing is confirmed."""
    here = f"/suppliers/{supplier_id}"
    acts = given.legal and not given.calendar.past
    return f"{here}/uses/{use_id}/do/confirm" if acts else f"{here}/inventory#{use_id}"


def _cut(found: Sequence[Awaited]) -> bool:
    """Whether there may be more than was read."""
    return len({each.supplier_id for each in found}) >= MOST
