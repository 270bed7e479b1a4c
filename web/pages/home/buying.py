"""What waits for whoever buys: from the proposal to the answer, and what runs out."""

from __future__ import annotations

from datetime import timedelta

from projections import assessments, register, renewals
from projections.assessments import Stage
from suppliers.supplier import Standing
from web.pages.home.queues import For, Queue, Thing, rounds

SOON = timedelta(days=60)
LATE = timedelta(days=30)
MOST = 30
"""Of a queue: who has more to do sees that there is more."""


async def incomplete(given: For) -> Queue:
    """Proposed suppliers that lack what onboarding needs."""
    proposed = register.Filters(standing=(Standing.PROPOSED,))
    page = await register.page(given.pool, proposed, sort="since", limit=MOST, sources=given.sources)
    things = [
        Thing(line.name, f"/suppliers/{line.id}", _lacks(line), band=None)
        for line in (each.line for each in page.rows)
        if _lacks(line)
    ]
    return Queue(
        "incomplete", "Proposed, not complete", things, "/suppliers?standing=proposed", "warn", bool(page.after)
    )


async def to_send(given: For) -> Queue:
    """Prepared and not sent."""
    wanted = assessments.Filters(stage=(Stage.PREPARED,), bounced=False)
    found = await assessments.page(given.pool, wanted, limit=MOST, sources=given.sources)
    return rounds("to-send", "Ready to send", found.rows, "/assessments?stage=to_send", more=bool(found.after))


async def bounced(given: For) -> Queue:
    """The mail server refused the invitation."""
    wanted = assessments.Filters(stage=(Stage.PREPARED, Stage.WITH_VENDOR), bounced=True)
    found = await assessments.page(given.pool, wanted, sort="activity", limit=MOST, sources=given.sources)
    title, href = "Came back undelivered", "/assessments?stage=to_send"
    return rounds("bounced", title, found.rows, href, "bad", bool(found.after))


async def overdue(given: For) -> Queue:
    """The supplier is late."""
    late = assessments.Filters(waits_for="vendor", overdue=True)
    found = await assessments.page(given.pool, late, limit=MOST, sources=given.sources)
    return rounds(
        "overdue", "Overdue with the supplier", found.rows, "/assessments?stage=overdue", "bad", bool(found.after)
    )


async def expiring(given: For) -> Queue:
    """Attestations that run out soon, of one's own suppliers or of all."""
    mine = renewals.Filters(kinds=(renewals.Kind.ATTESTATION_END,), owner=None if given.everyone else given.me)
    since, until = given.today - LATE, given.today + SOON
    found = await given.calendar.stretch(since, until, mine, after=None, limit=MOST, overdue=False)
    things = [
        Thing(each.due.what, f"/suppliers/{each.due.supplier_id}/attestations", each.supplier_name, each.due.on)
        for each in found.entries
    ]
    title = "Attestations running out" if given.everyone else "Attestations of mine running out"
    return Queue("expiring", title, things, "/renewals", more=bool(found.after))


def _lacks(line: register.Line) -> str:
    """What is missing before onboarding can start, in words."""
    missing = [
        name
        for name, there in (
            ("owner", line.owner),
            ("contact", line.contact),
            ("clean sanctions check", line.sanctions_clean),
        )
        if not there
    ]
    return f"Missing: {', '.join(missing)}" if missing else ""
