"""Last part: time passes, and each thing comes on its day."""

from __future__ import annotations

from datetime import date, timedelta

from suppliers.attestation_rules import reminder_dates
from tests.stories import asking
from tests.stories.buying import PRIYA, Bought, Cast, mail_of
from tests.stories.house import House, shown
from tests.stories.mails import mailed
from workers.timekeeper import Timekeeper

DAY = timedelta(days=1)


async def time_passes(home: House, people: Cast, bought: Bought, review: str) -> None:
    decided = home.today
    await _condition_met(people, review)
    await _renewal_asked_for(home, reminder_dates(decided, decided + 60 * DAY)[0][0])
    await _attestation_lapses(home, decided + 60 * DAY)
    await _approval_ends(home, people, bought, decided + 100 * DAY)
    await _next_round(home, people, bought, date(decided.year + 1, decided.month, decided.day))


async def _condition_met(people: Cast, review: str) -> None:
    form = await people.leo.open(f"{review}/conditions/0")
    await people.leo.send(form, "", evidence="Clause 12 is signed")


async def _not_yet(home: House, topic: str) -> None:
    """Although somebody has looked at what is due now."""
    await Timekeeper(home.instance.store.pool, home.instance.workroom.shop, home.instance.waiting).tick()
    assert (await home.facts()).count(topic) == 0


async def _renewal_asked_for(home: House, day: date) -> None:
    """Not the day before, and then by mail."""
    home.go_to(day - DAY)
    await _not_yet(home, "Attestation.RenewalRequested")
    home.go_to(day, hour=8)
    await home.happened("Attestation.RenewalReminderSent")
    assert str(day.year) in str((await mailed(home.sink, PRIYA, "please send the next one"))["Date"])


async def _attestation_lapses(home: House, last: date) -> None:
    home.go_to(last, hour=23)
    await home.happened("Attestation.RenewalReminderSent", 2)
    await _not_yet(home, "Attestation.Lapsed")
    home.go_to(last + DAY, hour=0)
    await home.happened("Attestation.Lapsed")
    await mailed(home.sink, mail_of("dana"), "lapsed on")


async def _approval_ends(home: House, people: Cast, bought: Bought, last: date) -> None:
    home.go_to(last, hour=23)
    await _not_yet(home, "Use.ApprovalExpired")
    home.go_to(last + DAY, hour=0)
    await home.happened("Use.ApprovalExpired")
    dana = await people.sign_in("dana")
    await shown(dana, bought.supplier, "Under review")


async def _next_round(home: House, people: Cast, bought: Bought, due: date) -> None:
    """It stands in the calendar from the beginning; on its day it is asked again."""
    home.go_to(due)
    dana = await people.sign_in("dana")
    await shown(dana, "/renewals", "Next assessment")
    await asking.ask(home, people, bought, round=2)


async def told(home: House, people: Cast, bought: Bought) -> None:
    """Everything stands in the activity, in sentences."""
    said, path = "", "/activity"
    while path:
        page = await people.dana.open(path)
        said += page.text
        path = next((href for href, words in page.links if words == "Earlier"), "")
    for sentence in SENTENCES:
        assert sentence in said, f"{sentence!r} is not told: {said}"


SENTENCES = (
    "Ada Admin registered Leo Legal",
    "Dana Whitfield proposed Northwind Cognition as a supplier.",
    "Dana Whitfield registered the model Extract 2 in version 2.1.",
    "Dana Whitfield registered the data source News corpus.",
    "Dana Whitfield asked to use Extract 2 for “Reading claims documents”.",
    "Dana Whitfield sent the questionnaire about “Reading claims documents”.",
    "The invitation about “Reading claims documents” was mailed to Priya Raman.",
    "Priya Raman opened the questionnaire about “Reading claims documents”.",
    "Priya Raman submitted the answers about “Reading claims documents”",
    "Rita Risk cleared a flag",
    "Rita Risk completed the review of the answers about “Reading claims documents”",
    "Leo Legal verified Penetration test report",
    "Dana Whitfield asked the council about “Reading claims documents”",
    "Leo Legal decided for the council about “Reading claims documents”",
    "Leo Legal noted that a condition for “Reading claims documents” is fulfilled: Clause 12 is signed",
    "The letter that asks for the renewal of Penetration test report was mailed.",
    "Penetration test report lapsed without renewal.",
    "The approval of “Reading claims documents” ran out; it is under review.",
)
