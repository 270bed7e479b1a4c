"""Home shows each role what waits for it; administrators manage people; the method is open to all."""

from __future__ import annotations

from suppliers.assurance import GiveAttestation
from suppliers.attestation import Document
from suppliers.person import Person
from suppliers.ports import Role
from tests.web.pages.house import House


async def test_home_shows_each_role_what_waits_for_it(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    helen = await house.enter("Helen Marsh", Role.LEGAL)
    priti = await house.enter("Priti Shah", Role.RISK_MANAGER)
    omar = await house.enter("Omar Farid", Role.AUDITOR)
    await house.supplier("Umber Search", by=dana.actor)
    supplier = await house.supplier(by=dana.actor, owner=dana.id)
    await house.use(supplier, by=dana.actor)
    document = Document(issuer="Schellman", valid_from=house.clock.now().date(), valid_until=None)
    await house.do(GiveAttestation(supplier_id=supplier, type="soc2_type2", document=document), dana.actor)
    await house.projector.catch_up()
    buying, legal, risk, reading = [await each.sees("/") for each in (dana, helen, priti, omar)]
    assert "Missing: owner, contact, clean sanctions check" in buying and "Attestations to verify" not in buying
    assert "EU AI Act class to confirm" in legal and "Attestations to verify" in legal
    assert all(title in risk for title in ("Proposed, not complete", "Attestations to verify", "class to confirm"))
    assert "Your role decides nothing here" in reading and "proposed Umber Search" in reading


async def test_home_of_an_empty_instance_says_what_to_do_first(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    shown = await dana.sees("/")
    assert "No suppliers yet" in shown and "tierce demo" in shown


async def test_only_administrators_see_people(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    for path in ("/people", "/people/new", f"/people/{dana.id}"):
        await dana.sees(path, status=403)


async def test_a_person_is_added_given_a_role_and_ended(house: House) -> None:
    ada = await house.enter("Ada Byron", Role.ADMINISTRATOR)
    who = {"name": "Sam Ortiz", "email": "sam@meridian.example", "roles": "procurement"}
    assert (await ada.sends(await ada.opens("/people/new"), "/people/new", **who)).status_code == 303
    twice = await ada.sends(await ada.opens("/people/new"), "/people/new", **who)
    assert twice.status_code == 422 and "can already sign in" in twice.text
    sam = await house.enter("Lena Fox", Role.PROCUREMENT)
    page = await ada.opens(f"/people/{sam.id}")
    await ada.sends(page, f"/people/{sam.id}/roles", role="auditor", change="grant")
    assert (await house.office.load(Person, sam.id)).roles == {Role.PROCUREMENT, Role.AUDITOR}
    end = f"/people/{sam.id}/do/end"
    await ada.sends(await ada.opens(end), end, reason="Left the company.")
    assert (await sam.browser.get("/")).headers["location"].startswith("/sign-in")


async def test_an_administrator_cannot_take_the_role_from_themselves(house: House) -> None:
    ada = await house.enter("Ada Byron", Role.ADMINISTRATOR)
    page = await ada.opens(f"/people/{ada.id}")
    await ada.sends(page, f"/people/{ada.id}/roles", role="administrator", change="withdraw")
    assert "Another administrator has to take this role" in await ada.sees(f"/people/{ada.id}")


async def test_erasing_needs_a_tick_and_deletes_the_key(house: House) -> None:
    ada = await house.enter("Ada Byron", Role.ADMINISTRATOR)
    sam = await house.enter("Sam Ortiz", Role.PROCUREMENT)
    path = f"/people/{sam.id}/do/erase"
    unsure = await ada.sends(await ada.opens(path), path, reason="Asked for it.")
    assert unsure.status_code == 422 and house.erased == []
    await ada.sends(await ada.opens(path), path, reason="Asked for it.", sure="yes")
    assert house.erased == [sam.id] and "Sam Ortiz" not in await ada.sees("/people")


async def test_the_method_says_that_the_policy_is_an_example_and_what_is_uncertain_of_the_law(house: House) -> None:
    omar = await house.enter("Omar Farid", Role.AUDITOR)
    shown = await omar.sees("/method")
    assert "Example policy 1, not approved by a council" in shown
    assert "High-risk by use" in shown and "Uncertain" in shown and "24 Nov 2026" in shown
    assert "ISO 31000" in shown and "Critical or important function" in shown
