"""What waits for reviewers and for legal."""

from __future__ import annotations

from projections import assessments, dossier
from web.pages.home.queues import For, Queue, Thing, rounds
from web.words import words


async def to_review(given: For) -> Queue:
    """Submitted; the supplier waits for us."""
    found = await assessments.to_review(given.pool, limit=100)
    return rounds("to-review", "Answers to review", found, "/assessments?stage=submitted", "warn")


async def to_verify(given: For) -> Queue:
    """Attestations nobody has checked; one's own are for somebody else."""
    found = await dossier.to_verify(given.pool, limit=100)
    things = [
        Thing(each.attestation.title, f"/suppliers/{each.supplier_id}/attestations#{each.attestation.id}",
              each.supplier_name, each.attestation.document.valid_until)
        for each in found
        if each.attestation and each.attestation.given_by != given.me
    ]  # fmt: skip
    return Queue("to-verify", "Attestations to verify", things)


async def to_confirm(given: For) -> Queue:
    """EU AI Act classes that legal has not agreed to."""
    found = await dossier.to_confirm(given.pool, limit=100)
    things = [
        Thing(each.use.title, f"/suppliers/{each.supplier_id}/uses/{each.use.id}/do/confirm",
              f"{each.supplier_name}, {words(each.use.classification.eu_class.value).lower()}")
        for each in found
        if each.use and each.use.classification and (given.everyone or each.use.requester != given.me)
    ]  # fmt: skip
    return Queue("to-confirm", "EU AI Act class to confirm", things)
