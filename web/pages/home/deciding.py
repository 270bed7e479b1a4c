"""What waits for the council."""

from __future__ import annotations

from datetime import timedelta

from projections import docket
from projections.docket import ConditionState, Item
from web.pages.home.queues import For, Queue, Thing

AHEAD = timedelta(days=30)


async def to_decide(given: For) -> Queue:
    """The docket, less what this person is barred from."""
    found = await docket.open_items(given.pool, given.today, sources=given.sources)
    open_now = [each for each in found if given.everyone or given.me not in each.review.barred]
    return Queue("to-decide", "To decide", [_item(each) for each in open_now], "/council", "warn")


async def conditions(given: For) -> Queue:
    """Conditions of approvals that fall due."""
    found = await docket.conditions_due(given.pool, given.today + AHEAD, sources=given.sources)
    things = [
        Thing(condition.text, f"/council/{item.review.id}", f"{item.supplier_name}, {item.use_title}", condition.due_on)
        for item in found
        for condition in item.review.conditions
        if condition.state is ConditionState.OPEN and condition.due_on <= given.today + AHEAD
    ]
    return Queue("conditions", "Conditions falling due", things, "/council")


def _item(each: Item) -> Thing:
    pack, note = each.review.pack, f"{each.supplier_name}, {each.use_title}"
    return Thing(each.review.question, f"/council/{each.review.id}", note, band=pack.band, score=pack.residual)
