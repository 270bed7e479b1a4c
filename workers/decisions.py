"""Letters about a decision: the outcome for the vendor, the record for the owner."""

from __future__ import annotations

from notifications import letters
from suppliers.ports import Recorded
from suppliers.review import Condition, Outcome, Review
from suppliers.supplier import Supplier
from suppliers.use import Use
from workers.correspondence import correspondent, envelope, subject_name
from workers.courier import post
from workers.workshop import Workshop

VERDICTS = {
    Outcome.APPROVE: letters.Verdict.APPROVED,
    Outcome.CONDITIONAL: letters.Verdict.APPROVED_WITH_CONDITIONS,
    Outcome.REJECT: letters.Verdict.DECLINED,
    Outcome.SUSPEND: letters.Verdict.SUSPENDED,
}


async def tell_vendor(fact: Recorded, shop: Workshop) -> None:
    """Tell the supplier's contact what was decided; the council's reasons stay inside."""
    event = fact.event
    assert isinstance(event, Review.Decided)
    supplier = await shop.office.load(Supplier, event.supplier_id)
    contact = await correspondent(shop.office, supplier.contact)
    if contact is None:
        return
    letter = letters.decision_reached(
        envelope(
            shop, f"decision:{event.originator_id}:vendor", contact, await correspondent(shop.office, supplier.owner)
        ),
        vendor=supplier.details.name,
        about=await _about(event, shop),
        verdict=VERDICTS[event.outcome],
        decided_on=event.timestamp.date(),
        conditions=[letters.Condition(text=each.text, due=each.due_on) for each in event.conditions],
        valid_until=event.valid_until,
    )
    await post(shop, letter, fact.position)


async def tell_owner(fact: Recorded, shop: Workshop) -> None:
    """Tell the owner what was decided, why, and what they have to see to."""
    event = fact.event
    assert isinstance(event, Review.Decided)
    supplier = await shop.office.load(Supplier, event.supplier_id)
    owner = await correspondent(shop.office, supplier.owner)
    if owner is None:
        return
    decider = await correspondent(shop.office, event.by)
    letter = letters.decision_recorded(
        envelope(shop, f"decision:{event.originator_id}:owner", owner),
        vendor=supplier.details.name,
        about=await _about(event, shop),
        verdict=VERDICTS[event.outcome],
        decided_on=event.timestamp.date(),
        decided_by=decider.name if decider else "the council",
        reasons=event.reasons,
        link=shop.page(f"council/{event.originator_id}"),
        conditions=[await _condition(each, shop) for each in event.conditions],
        valid_until=event.valid_until,
    )
    await post(shop, letter, fact.position)


async def _about(event: Review.Decided, shop: Workshop) -> str:
    use = await shop.office.load(Use, event.use_id)
    return await subject_name(shop.office, use.subject_kind, use.subject_id)


async def _condition(condition: Condition, shop: Workshop) -> letters.Condition:
    owner = await correspondent(shop.office, condition.owner)
    return letters.Condition(text=condition.text, due=condition.due_on, owner=owner.name if owner else "")
