"""Pages as of a day: what they show, where their links lead, and that nothing can be done there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from suppliers.assurance import GiveAttestation, RejectAttestation, RevokeAttestation
from suppliers.attestation import Document
from suppliers.data_source import SourceDetails
from suppliers.diligence import MarkOverdue, WithdrawAssessment
from suppliers.inventory import RegisterDataSource, ReviseSource
from suppliers.onboarding import CorrectSupplier, DeclineSupplier
from suppliers.people import CorrectPerson, ErasePerson
from suppliers.ports import Actor, Role
from suppliers.supplier import SupplierDetails
from tests.web.forms_of import hidden
from tests.web.pages.house import House, Visitor
from tests.web.pages.rounds import Rounds
from web.looking.address import leading_back


@pytest.fixture
async def told(house: House) -> tuple[House, Visitor, str, str]:
    """A supplier with a use that is renamed and declined a month later; the first day."""
    buyer = Actor(id=await house.staff("Ines Prior", Role.PROCUREMENT), roles=frozenset({Role.PROCUREMENT}))
    supplier = await house.supplier(by=buyer, owner=buyer.id)
    await house.use(supplier, by=buyer, score=2)
    first = house.clock.now().date().isoformat()
    house.pass_time(days=30)
    details = SupplierDetails(name="Borealis Cognition", country="DE")
    await house.do(CorrectSupplier(supplier_id=supplier, details=details), buyer)
    await house.do(DeclineSupplier(supplier_id=supplier, reason="A breach"), buyer)
    await house.projector.catch_up()
    return house, await house.enter("Dana Whitfield", Role.PROCUREMENT), f"/suppliers/{supplier}", first


async def test_a_supplier_is_shown_as_it_was_known_on_a_day(told: tuple[House, Visitor, str, str]) -> None:
    _, dana, here, day = told
    for tab in ("", "/inventory", "/assessments", "/attestations", "/decisions", "/activity"):
        page = await dana.browser.get(f"{here}{tab}?as_of={day}")
        assert page.status_code == 200, page.text
        assert "Northwind Cognition" in page.text
        assert "Borealis" not in page.text
        assert "nothing here can be changed" in page.text
        assert f"{here}/do/" not in page.text
        assert f"{here}/inventory?as_of={day}&amp;axis=known" in page.text
    now = await dana.browser.get(here)
    assert "Borealis Cognition" in now.text
    assert "Declined on" in now.text
    assert "nothing here can be changed" not in now.text


async def test_lists_are_shown_as_of_a_day_and_lead_into_it(told: tuple[House, Visitor, str, str]) -> None:
    house, dana, here, day = told
    await house.supplier("Later Labs", by=dana.actor)
    for axis in ("known", "true"):
        page = (await dana.browser.get(f"/suppliers?as_of={day}&axis={axis}")).text
        assert "Northwind Cognition" in page and "Borealis" not in page and "Later Labs" not in page
        assert f"{here}?as_of={day}&amp;axis={axis}" in page
        assert "Propose a supplier" not in page
    found = (await dana.browser.get(f"/suppliers?q=northwind&as_of={day}")).text
    assert "1 supplier" in found and f'name="as_of" value="{day}"' in found
    assert "Northwind" in (await dana.browser.get(f"/suppliers.csv?as_of={day}")).text
    for path in ("/", "/council", "/assessments", "/assessments?view=list", "/renewals", "/renewals/late", "/activity"):
        shown = await dana.browser.get(path + ("&" if "?" in path else "?") + f"as_of={day}")
        assert shown.status_code == 200 and "nothing here can be changed" in shown.text, shown.text[-500:]
        assert "Ask a supplier" not in shown.text
    assert "Northwind Cognition" in (await dana.browser.get(f"/council?as_of={day}")).text


async def test_home_tells_what_waited_on_a_day(told: tuple[House, Visitor, str, str]) -> None:
    house, _, here, day = told
    rhea = await house.enter("Rhea Kalder", Role.RISK_MANAGER)
    now, then = await rhea.sees("/"), await rhea.sees(f"/?as_of={day}")
    assert f"{here}?as_of={day}&amp;axis=known" in then and "What needed you, Rhea" in then
    assert "A breach" in now and "A breach" not in then
    assert "Propose a supplier" not in then


async def test_home_of_a_day_shows_what_waited_to_be_verified_or_confirmed_and_leads_there(rounds: Rounds) -> None:
    await rounds.begin()
    first = rounds.clock.now().date()
    document = Document(issuer="Insurer AG", valid_from=first, valid_until=first + timedelta(days=300))
    given = GiveAttestation(supplier_id=rounds.supplier_id, type="insurance", document=document)
    await rounds.do(given, rounds.dana.actor)
    rounds.pass_time(days=9)
    helen = await rounds.enter("Helen Marsh", Role.LEGAL)
    await rounds.do(RejectAttestation(attestation_id=given.attestation_id, reason="Another firm's"), helen.actor)
    await rounds.projector.catch_up()
    assert "Attestations to verify" not in (await helen.sees("/")).split("Nothing waits under")[0]
    for axis in ("known", "true"):
        shown = (await helen.sees(f"/?as_of={first}&axis={axis}")).split("Nothing waited under")[0]
        there = f"/suppliers/{rounds.supplier_id}"
        assert "Attestations to verify" in shown and "class to confirm" in shown
        assert f"{there}/attestations?as_of={first}&amp;axis={axis}#{given.attestation_id}" in shown
        assert f"{there}/inventory?as_of={first}&amp;axis={axis}#" in shown and "/do/confirm" not in shown
        assert "and 1 attestation to verify" in await helen.sees(f"/council?as_of={first}&axis={axis}")
    assert "no attestation to verify" in await helen.sees("/council")


async def test_activity_is_shown_as_it_was_known_or_as_it_had_happened(rounds: Rounds) -> None:
    await rounds.begin()
    id, first = await rounds.opened(), rounds.clock.now().date()
    shown = Document(issuer="Insurer AG", valid_from=first, valid_until=first + timedelta(days=300))
    given = GiveAttestation(supplier_id=rounds.supplier_id, type="insurance", document=shown)
    await rounds.do(given, rounds.dana.actor)
    rounds.pass_time(days=9)
    risk = Actor(id=rounds.dana.id, roles=frozenset({Role.RISK_MANAGER}))
    revoked = RevokeAttestation(attestation_id=given.attestation_id, reason="A fraud", happened_on=first)
    await rounds.do(revoked, risk)
    await rounds.projector.catch_up()
    erik = await rounds.enter("Erik Sand", Role.PROCUREMENT)
    known, true = [await erik.sees(f"/activity?as_of={first}&axis={axis}") for axis in ("known", "true")]
    assert f"/assessments/{id}?as_of={first}&amp;axis=known" in known
    assert "A fraud" not in known and "A fraud" in true
    files = [(await erik.browser.get(f"/activity.csv?as_of={first}&axis={axis}")).text for axis in ("known", "true")]
    assert "A fraud" not in files[0] and "A fraud" in files[1]


async def test_the_trail_of_a_day_calls_suppliers_as_they_were_called_then(
    told: tuple[House, Visitor, str, str],
) -> None:
    house, dana, here, day = told
    position = await house.pool.fetchval("SELECT max(position) FROM event_log WHERE topic = 'Use.Described'")
    for path in ("/", "/activity", "/activity.csv", here, f"{here}/activity"):
        for moment in (f"{day}&axis=known", f"{day}&axis=true", str(position)):
            then = await dana.sees(f"{path}?as_of={moment}")
            assert "Northwind Cognition" in then and "Borealis" not in then, (path, moment)
    of_it = f"/activity?supplier={here.rsplit('/', 1)[1]}"
    assert "Supplier: Northwind Cognition" in await dana.sees(f"{of_it}&as_of={day}")
    assert "Supplier: Borealis Cognition" in await dana.sees(of_it)
    assert "Borealis" in await dana.sees("/activity")


async def test_persons_and_data_sources_are_called_as_they_were_called_then_unless_they_were_erased(
    house: House,
) -> None:
    admin = Actor(id=await house.staff("Ada Rule", Role.ADMINISTRATOR), roles=frozenset({Role.ADMINISTRATOR}))
    buyer = Actor(id=await house.staff("Ines Prior", Role.PROCUREMENT), roles=frozenset({Role.PROCUREMENT}))
    supplier = await house.supplier(by=buyer, owner=buyer.id)
    source = RegisterDataSource(supplier_id=supplier, details=SourceDetails(name="News corpus"))
    await house.do(source, buyer)
    day, here = house.clock.now().date(), f"/suppliers/{supplier}"
    house.pass_time(days=30)
    await house.do(ReviseSource(source_id=source.source_id, details=SourceDetails(name="Old papers")), buyer)
    await house.do(CorrectPerson(person_id=buyer.id, name="Ines Moser", email="ines@meridian.example"), admin)
    await house.projector.catch_up()
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    for path in ("/suppliers", "/suppliers.csv", here, "/activity", "/activity.csv", f"{here}/activity"):
        for axis in ("known", "true"):
            then = await dana.sees(f"{path}?as_of={day}&axis={axis}")
            assert "Ines Prior" in then and "Ines Moser" not in then, (path, axis)
            assert "Old papers" not in then and ("News corpus" in then or "/suppliers" in path), (path, axis)
    assert "Ines Moser" in await dana.sees("/suppliers") and "Old papers" in await dana.sees("/activity")
    await house.do(ErasePerson(person_id=buyer.id, reason="Asked for it"), admin)
    await house.projector.catch_up()
    then = await dana.sees(f"/activity?as_of={day}")
    assert "Ines" not in then and "Erased person" in then and "News corpus" in then


async def test_a_round_is_shown_as_it_stood_on_a_day(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.mailed()
    before = rounds.clock.now().date().isoformat()
    rounds.pass_time(days=1)
    await rounds.submitted_on(id)
    day = rounds.clock.now().date().isoformat()
    rounds.pass_time(days=1)
    await rounds.do(WithdrawAssessment(assessment_id=id, reason="Not needed"), rounds.dana.actor)
    await rounds.projector.catch_up()
    rhea = await rounds.enter("Rhea Kalder", Role.RISK_MANAGER)
    now, then = await rhea.sees(f"/assessments/{id}"), await rhea.sees(f"/assessments/{id}?as_of={day}")
    assert "Withdrawn: we no longer need" in now and "Not needed" in now
    assert "to review" in then and "Handed in on" in then and "Withdrawn" not in then and "Not needed" not in then
    for act in ("/do/", "Judge otherwise", "Return for clarification", 'name="verdict"'):
        assert act not in then
    assert f"/assessments/{id}?show=open&amp;as_of={day}&amp;axis=known#answers" in then
    asked = await rhea.sees(f"/assessments/{id}?as_of={before}")
    assert "was invited and has not opened it yet" in asked and "Handed in on" not in asked
    head = await rounds.pool.fetchval("SELECT max(position) FROM event_log WHERE topic = 'Assessment.Opened'")
    assert "It came later" in await rhea.sees(f"/assessments/{id}?as_of={head - 1}", 422)


async def test_renewals_are_shown_as_they_stood_on_a_day(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.mailed()
    day = rounds.clock.now().date().isoformat()
    rounds.pass_time(days=40)
    await rounds.do(MarkOverdue(assessment_id=id))
    await rounds.projector.catch_up()
    late = rounds.clock.now().date().isoformat()
    rounds.pass_time(days=10)
    await rounds.do(WithdrawAssessment(assessment_id=id, reason="Not needed"), rounds.dana.actor)
    await rounds.projector.catch_up()
    erik = await rounds.enter("Erik Sand", Role.PROCUREMENT)
    assert f"/assessments/{id}" not in await erik.sees("/renewals")
    then = await erik.sees(f"/renewals?as_of={day}")
    assert f"/assessments/{id}?as_of={day}" in then and "Due in 21 days" in then and "Calendar file" not in then
    for path in ("/renewals", "/renewals/late"):
        assert f"/assessments/{id}?as_of={late}" in await erik.sees(f"{path}?as_of={late}")
    assert f"/assessments/{id}?as_of={late}" in await erik.sees(f"/?as_of={late}")


async def test_what_changed_is_told_fact_by_fact_and_for_all(told: tuple[House, Visitor, str, str]) -> None:
    house, dana, here, day = told
    today = house.clock.now().date().isoformat()
    page = (await dana.browser.get(f"{here}/changes?from={day}&to={today}")).text
    assert "corrected the details" in page and "A breach" in page and "2 facts" in page
    assert "Onboarding" in page and "Declined" in page
    listed = (await dana.browser.get(f"/changes?from={day}&to={today}")).text
    assert "Borealis Cognition" in listed and "Declined" in listed
    quiet = (await dana.browser.get(f"/changes?from={today}&to={today}")).text
    assert "Nobody moved" in quiet
    assert "has to be before" in (await dana.browser.get(f"/changes?from={today}&to={day}")).text


def test_links_and_searches_of_a_page_of_the_past_stay_in_it_as_far_as_there_is_one() -> None:
    page = (
        '<a class="b" href="/suppliers?after=1&amp;q=x" hx-get="/suppliers?after=1">More</a><a href="/letters">L</a>'
        '<a href="/suppliers" data-present>Back</a><form method="get" action="/search"></form>'
        '<form method="get"><b></b></form><a href="?view=list">List</a>'
    )
    told = leading_back(page, "2026-03-14", "true")
    assert 'href="/suppliers?after=1&amp;q=x&amp;as_of=2026-03-14&amp;axis=true"' in told
    assert 'hx-get="/suppliers?after=1&amp;as_of=2026-03-14&amp;axis=true"' in told
    assert 'href="?view=list&amp;as_of=2026-03-14&amp;axis=true"' in told
    assert 'href="/letters"' in told and 'href="/suppliers" data-present' in told
    assert '<form method="get" action="/search"></form>' in told
    assert '<form method="get"><input type="hidden" name="as_of" value="2026-03-14">' in told


async def test_nothing_can_be_done_while_looking_back(told: tuple[House, Visitor, str, str]) -> None:
    house, dana, here, day = told
    form = await dana.browser.get(f"{here}/do/correct")
    fields = {**hidden(form, f"{here}/do/correct"), "name": "Changed"}
    before = await house.events()
    for address, sent in ((f"{here}/do/correct?as_of={day}", fields), (f"{here}/do/correct", fields | {"as_of": day})):
        answer = await dana.browser.post(address, data=sent)
        assert answer.status_code == 409
        assert "The past cannot be changed" in answer.text
    assert (await dana.browser.get(f"{here}/do/correct?as_of={day}")).status_code == 409
    assert await house.events() == before


async def test_what_is_no_day_on_the_record_is_explained(told: tuple[House, Visitor, str, str]) -> None:
    house, dana, here, day = told
    refused = {
        "2019-01-01": "Nothing was on the record then. The record begins on",
        "2199-01-01": "That moment has not come yet",
        "yesterday": "Give a day such as",
    }
    for when, said in refused.items():
        page = await dana.browser.get(f"{here}?as_of={when}")
        assert page.status_code == 422
        assert said in page.text and "<h1>There is nothing to look back to</h1>" in page.text
        assert f'href="{here}">Back to today' in page.text
    later = await house.supplier("Later Labs", by=dana.actor)
    page = await dana.browser.get(f"/suppliers/{later}?as_of={day}")
    assert page.status_code == 422
    assert "It came later" in page.text
    head = await house.pool.fetchval("SELECT max(position) FROM event_log WHERE topic = 'Supplier.Declined'")
    assert "Declined on" in (await dana.browser.get(f"{here}?as_of={head}")).text
    assert "Declined on" not in (await dana.browser.get(f"{here}?as_of={head - 1}")).text
    assert (await dana.browser.get(f"{here}?as_of={head}&axis=true")).status_code == 422
