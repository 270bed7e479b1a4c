"""The renewals calendar: what is late on top, then the month, and as a calendar file."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from suppliers.assurance import GiveAttestation
from suppliers.attestation import Document
from suppliers.diligence import MarkOverdue
from suppliers.ports import Role
from tests.web.pages.rounds import Rounds
from web.pages.renewals.month import Month, month_of


async def attested(rounds: Rounds, until: date) -> UUID:
    made = GiveAttestation(
        supplier_id=rounds.supplier_id,
        type="insurance",
        document=Document(issuer="Insurer AG", valid_from=date(2025, 6, 1), valid_until=until),
    )
    await rounds.do(made, rounds.dana.actor)
    await rounds.projector.catch_up()
    return made.attestation_id


async def test_the_month_lists_what_is_due_week_by_week(rounds: Rounds) -> None:
    dana = await rounds.begin()
    id = await rounds.mailed()  # due on 26 January
    await attested(rounds, date(2026, 3, 10))
    page = await dana.sees("/renewals")
    assert "Week of 26 Jan" in page and f"/assessments/{id}" in page and "Due in 21 days" in page
    assert "Insurer" not in page and "insurance" not in page.lower().split("week of")[1]
    march = await dana.sees("/renewals?month=2026-03")
    assert "Week of 9 Mar" in march and f"/suppliers/{rounds.supplier_id}/attestations" in march
    assert "month=2026-02" in march and "month=2026-04" in march


async def test_what_is_overdue_stands_on_top_of_every_month(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.mailed()
    rounds.pass_time(days=40)
    await rounds.do(MarkOverdue(assessment_id=id))
    await rounds.projector.catch_up()
    erik = await rounds.enter("Erik Sand", Role.PROCUREMENT)
    for address in ("/renewals", "/renewals?month=2026-06"):
        late = (await erik.sees(address)).split('id="late"')[1]
        assert f"/assessments/{id}" in late and "Overdue" in late


async def test_filters_stay_in_the_address_from_month_to_month(rounds: Rounds) -> None:
    dana = await rounds.begin()
    id = await rounds.mailed()
    page = await dana.sees("/renewals?kind=attestation_lapse&mine=yes")
    assert f"/assessments/{id}" not in page and "Nothing is due in January 2026" in page
    assert "month=2026-02&amp;kind=attestation_lapse&amp;mine=yes" in page
    assert f"/assessments/{id}" in await dana.sees("/renewals?kind=assessment_overdue&mine=yes")
    erik = await rounds.enter("Erik Sand", Role.PROCUREMENT)
    assert f"/assessments/{id}" not in await erik.sees("/renewals?mine=yes")


async def test_the_calendar_file_holds_what_the_filters_leave(rounds: Rounds) -> None:
    dana = await rounds.begin()
    id = await rounds.mailed()
    file = await dana.browser.get("/renewals.ics")
    assert file.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Northwind Cognition: Answers due" in file.text
    assert f"URL:https://risk.example/assessments/{id}\r\n" in file.text
    assert "BEGIN:VEVENT" not in (await dana.browser.get("/renewals.ics?kind=attestation_lapse")).text


def test_months_are_read_from_the_address_and_nonsense_is_now() -> None:
    today = date(2026, 1, 5)
    assert str(month_of("2027-12", today).plus(1)) == "2028-01"
    assert str(month_of("2026-01", today).plus(-1)) == "2025-12"
    assert month_of("2026-02", today).last == date(2026, 2, 28)
    assert {month_of(text, today) for text in ("", "x", "2026-13", "0000-01", "9999-12")} == {Month(2026, 1)}
