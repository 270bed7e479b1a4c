"""People: the one place with names, which forgets them when asked."""

from __future__ import annotations

from uuid import UUID, uuid4

import asyncpg

from projections import people
from projections.all import VIEWS
from projections.view import fold
from suppliers.person import Person
from suppliers.ports import SYSTEM, Role
from tests.projections.log import Log
from tests.projections.tallies import erased, log_of, registered

ADA = uuid4()


def test_a_person_who_was_erased_has_no_name_and_no_address() -> None:
    row = fold(people.VIEW, log_of(registered(ADA, "Ada Lovelace"), erased(ADA, 2)))[str(ADA)]
    assert (row.name, row.email, row.active, row.erased) == ("Erased person", "", False, True)
    assert "Lovelace" not in row.model_dump_json()


def test_a_new_address_has_to_be_verified_again() -> None:
    at = registered(ADA).timestamp
    verified = Person.AddressVerified(originator_id=ADA, originator_version=2, timestamp=at)
    moved = Person.DetailsCorrected(
        originator_id=ADA, originator_version=3, timestamp=at, name="Ada", email="new@example.org", by=uuid4()
    )
    assert fold(people.VIEW, log_of(registered(ADA), verified))[str(ADA)].verified
    assert not fold(people.VIEW, log_of(registered(ADA), verified, moved))[str(ADA)].verified


def test_no_other_view_holds_a_name_or_an_address(told: Log) -> None:
    for view in VIEWS:
        if view is people.VIEW:
            continue
        kept = "".join(row.model_dump_json() for row in fold(view, told.facts).values())
        for private in ("Ada Stays", "Bob Goes", "Priya Raman", "example.org", "northwind.example"):
            assert private not in kept, view


async def test_names_are_asked_for_by_id(shelf: asyncpg.Pool) -> None:
    [ada] = [each for each in await people.staff(shelf) if each.name == "Ada Stays"]
    assert await people.names(shelf, [ada.id, SYSTEM.id, uuid4(), None]) == {ada.id: "Ada Stays", SYSTEM.id: "Tierce"}
    assert (await people.by_ids(shelf, [ada.id]))[ada.id].roles == (Role.LEGAL, Role.RISK_MANAGER)
    assert await people.of(shelf, uuid4()) is None


async def test_staff_are_found_by_address_however_it_is_written_until_their_access_ends(shelf: asyncpg.Pool) -> None:
    found = await people.staff_by_email(shelf, " ADA@example.org ")
    assert found is not None
    assert found.verified
    assert await people.staff_by_email(shelf, "bob@example.org") is None
    assert await people.staff_by_email(shelf, "priya@northwind.example") is None


async def test_contacts_are_those_of_the_supplier(shelf: asyncpg.Pool) -> None:
    priyas = await shelf.fetch(f"SELECT supplier_id FROM {people.VIEW.table} WHERE kind = 'contact'")
    supplier: UUID = priyas[0]["supplier_id"]
    assert [each.name for each in await people.contacts(shelf, supplier)] == ["Priya Raman"]
