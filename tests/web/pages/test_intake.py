"""The guided intake: three steps, each recorded once and only when it says so."""

from __future__ import annotations

from uuid import UUID

from suppliers.ports import Role
from suppliers.supplier import Standing, Supplier
from suppliers.use import Use
from tests.web.pages.house import House, Visitor

HTMX = {"HX-Request": "true"}
MODEL = {"name": "Extract 2", "version": "2.1", "supply_kind": "model_api", "trains_on_our_data": "unknown"}
SCREENED = {
    "in_scope": "yes",
    "prohibited_practice": "no",
    "annex_i_with_third_party_assessment": "no",
    "annex_iii_area": "no",
}
FACTORS = ("people", "data", "autonomy", "criticality", "regulatory", "scale", "substitutability")


async def proposed(visitor: Visitor, **fields: str) -> UUID:
    page = await visitor.opens("/suppliers/new")
    done = await visitor.sends(page, "/suppliers/new", **{"name": "Northwind Cognition", **fields})
    assert done.status_code == 303, done.text[-500:]
    return UUID(done.headers["location"].split("/")[2])


async def registered(visitor: Visitor, supplier: UUID) -> str:
    path = f"/suppliers/{supplier}/subjects/new"
    done = await visitor.sends(await visitor.opens(path), path, **MODEL)
    assert done.status_code == 303, done.text[-500:]
    return done.headers["location"]


async def test_three_steps_lead_from_a_name_to_a_tier(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await proposed(dana)
    page = await dana.opens(await registered(dana, supplier))
    low = {f"factor_{name}": "0" for name in FACTORS}
    path = f"/suppliers/{supplier}/uses/new"
    done = await dana.sends(page, path, title="Reading claims documents", factor_maturity="0", **low, **SCREENED)
    assert done.headers["location"] == f"/suppliers/{supplier}/inventory"
    shown = await dana.sees(done.headers["location"])
    assert "Reading claims documents" in shown and "T4 low" in shown and "Minimal" in shown


async def test_an_owner_a_contact_and_a_clean_check_start_onboarding_at_once(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    contact = {"contact_name": "Priya Raman", "contact_email": "priya@northwind.example"}
    supplier = await proposed(dana, sanctions="clean", owner=str(dana.id), **contact)
    assert (await house.office.load(Supplier, supplier)).standing is Standing.ONBOARDING


async def test_whoever_stops_after_the_first_step_finds_the_next_one_on_the_suppliers_page(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await proposed(dana)
    assert "Next: say what we buy." in await dana.sees(f"/suppliers/{supplier}")
    await registered(dana, supplier)
    assert "Next: say what we use Extract 2 for." in await dana.sees(f"/suppliers/{supplier}")


async def test_sending_a_step_twice_makes_one_supplier(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    page = await dana.opens("/suppliers/new")
    first = await dana.sends(page, "/suppliers/new", name="Northwind Cognition")
    events = await house.events()
    again = await dana.sends(page, "/suppliers/new", name="Northwind Cognition")
    assert (again.headers["location"], await house.events()) == (first.headers["location"], events)


async def test_half_a_contact_is_pointed_at_and_nothing_is_recorded(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    page, events = await dana.opens("/suppliers/new"), await house.events()
    answer = await dana.sends(page, "/suppliers/new", name="Northwind", contact_name="Priya Raman")
    assert answer.status_code == 422 and "Give the contact&#39;s mail address." in answer.text
    assert 'value="Priya Raman"' in answer.text and await house.events() == events


async def test_a_likely_duplicate_shows_with_its_reason_while_one_types(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    await house.supplier("Northwind Cognition", by=dana.actor)
    found = await dana.browser.get("/suppliers/new/likely?name=NORTHWIND+Cognition+GmbH", headers=HTMX)
    assert "Northwind Cognition" in found.text and "Same name, apart from the legal form" in found.text
    none = await dana.browser.get("/suppliers/new/likely?name=Quillon", headers=HTMX)
    assert "finding" not in none.text


async def test_the_preview_counts_what_is_not_known_as_the_worst_and_records_nothing(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await proposed(dana)
    page, events = await dana.opens(await registered(dana, supplier)), await house.events()
    path, form = f"/suppliers/{supplier}/uses/preview", f"/suppliers/{supplier}/uses/new"
    blank = await dana.sends(page, path, form)
    assert 'Inherent risk <b class="num">100.0</b>' in blank.text and "8 factors not known yet" in blank.text
    better = await dana.sends(page, path, form, factor_people="0", factor_autonomy="unknown", **SCREENED)
    assert "7 factors not known yet" in better.text and "Minimal" in better.text
    assert await house.events() == events


async def test_a_use_cannot_be_described_of_somebody_elses_model(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    theirs = await registered(dana, await proposed(dana))
    other = await proposed(dana, name="Quillon Data")
    await dana.sees(f"/suppliers/{other}/uses/new?{theirs.split('?')[1]}", status=404)


async def test_answering_anew_on_an_old_form_is_refused_with_the_way_to_the_present_one(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await house.supplier(by=dana.actor)
    use = await house.use(supplier, by=dana.actor)
    path = f"/suppliers/{supplier}/uses/{use}/intake"
    old = await dana.opens(path)
    assert (await dana.sends(await dana.opens(path), path, factor_people="4")).status_code == 303
    stale = await dana.sends(old, path, factor_people="1")
    assert stale.status_code == 409 and "Someone changed this since you opened it" in stale.text
    answered = await house.office.load(Use, use)
    assert answered.intake is not None and answered.intake.factors["people"] == 4


async def test_an_auditor_reads_and_proposes_nothing(house: House) -> None:
    omar = await house.enter("Omar Farid", Role.AUDITOR)
    await omar.sees("/suppliers/new", status=403)
