"""The lists: filters, pages, validators, problems, and the past."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx

from events.recorder import PostgresRecorder
from events.stored import Draft
from suppliers.assurance import GiveAttestation, RevokeAttestation
from suppliers.attestation import Document
from suppliers.factors import Factor
from suppliers.ports import Actor, Role
from tests.web.pages.house import House, Visitor

LISTS = ("suppliers", "models", "data-sources", "uses", "assessments", "postures", "decisions", "attestations",
         "renewals", "activity")  # fmt: skip


async def everything(reader: httpx.AsyncClient, address: str) -> list[dict[str, Any]]:
    """All pages, by the links between them."""
    found: list[dict[str, Any]] = []
    while True:
        answer = await reader.get(address)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found += body["items"]
        assert (answer.links.get("next", {}).get("url")) == body["next"]
        if body["next"] is None:
            return found
        address = body["next"]


async def test_pages_together_are_each_list_once(house: House, dana: Visitor, reader: httpx.AsyncClient) -> None:
    for name in ("Acme", "Beta Labs", "Zeta"):
        await house.use(await house.supplier(name, by=dana.actor, owner=dana.actor.id), by=dana.actor)
    for name in LISTS:
        whole = (await reader.get(f"/api/v1/{name}?limit=200")).json()["items"]
        assert await everything(reader, f"/api/v1/{name}?limit=1") == whole, name
    assert len((await reader.get("/api/v1/uses")).json()["items"]) == 3


async def test_suppliers_are_filtered_as_on_the_page(house: House, dana: Visitor, reader: httpx.AsyncClient) -> None:
    acme = await house.supplier("Acme", by=dana.actor, owner=dana.actor.id)
    await house.supplier("Zeta", by=dana.actor)
    await house.use(acme, by=dana.actor)
    [found] = await everything(reader, "/api/v1/suppliers?q=acm&standing=onboarding&standing=proposed")
    assert (found["name"], found["uses"], found["owner"]) == ("Acme", 1, str(dana.actor.id))
    assert found["band"] and found["score"] is not None
    assert await everything(reader, "/api/v1/suppliers?q=acme&standing=offboarded") == []
    one = (await reader.get(f"/api/v1/suppliers/{acme}")).json()
    assert one == found
    explained = (await reader.get(f"/api/v1/postures/{acme}")).json()
    [told] = explained["uses"].values()
    assert told["rating"]["scores"] == told["intake"]["factors"] == dict.fromkeys(Factor, 2)
    assert told["stand"]["domains"] == {each["domain"]: each["residual"] for each in told["result"]["domains"]}
    [use] = await everything(reader, f"/api/v1/uses?supplier={acme}")
    assert use["supplier_id"] == str(acme) and use["title"] == "Reading claims documents"


async def test_an_answer_names_its_state_and_is_not_sent_twice(
    house: House, dana: Visitor, reader: httpx.AsyncClient
) -> None:
    await house.supplier("Acme", by=dana.actor)
    first = await reader.get("/api/v1/suppliers")
    again = await reader.get("/api/v1/suppliers", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    await house.supplier("Zeta", by=dana.actor)
    later = await reader.get("/api/v1/suppliers", headers={"If-None-Match": first.headers["ETag"]})
    assert later.status_code == 200 and len(later.json()["items"]) == 2


async def test_what_cannot_be_answered_is_a_problem(house: House, dana: Visitor, reader: httpx.AsyncClient) -> None:
    await house.supplier("Acme", by=dana.actor)
    for address, status in {
        "suppliers/8d5c4f7e-7d64-4b5c-b8a8-0c41b6a3f0d1": 404,
        "suppliers?limit=201": 422,
        "suppliers?standing=happy": 422,
        "suppliers?after=nonsense&sort=score": 422,
        "renewals?after=nonsense": 422,
        "suppliers?as_of=yesterday": 422,
        "suppliers?as_of=0001-01-01T00:00:00%2B14:00": 422,
        "suppliers?as_of=2199-01-01": 422,
        "nothing": 404,
    }.items():
        answer = await reader.get(f"/api/v1/{address}")
        assert answer.status_code == status, address
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status and answer.json()["title"]
    told = (await reader.get("/api/v1/suppliers?as_of=2026-01-01&axis=both")).json()
    assert told["detail"] == "axis: Input should be 'known' or 'true'."


async def test_lists_and_single_things_are_told_as_of_a_day(
    house: House, dana: Visitor, reader: httpx.AsyncClient
) -> None:
    acme = await house.supplier("Acme", by=dana.actor, owner=dana.actor.id)
    then = house.clock.now().date().isoformat()
    house.clock.move(timedelta(days=10))
    await house.supplier("Zeta", by=dana.actor)
    await house.use(acme, by=dana.actor)
    assert [each["name"] for each in await everything(reader, f"/api/v1/suppliers?as_of={then}")] == ["Acme"]
    before = (await reader.get(f"/api/v1/suppliers/{acme}?as_of={then}")).json()
    assert (before["uses"], before["band"]) == (0, None)
    assert await everything(reader, f"/api/v1/uses?supplier={acme}&as_of={then}") == []
    assert await everything(reader, f"/api/v1/uses?as_of={then}") == []
    facts = await everything(reader, f"/api/v1/activity?supplier={acme}&as_of={then}")
    assert {each["fact"] for each in facts} >= {"Supplier.Proposed"} and "Use.Described" not in str(facts)


async def test_parts_of_all_suppliers_are_told_as_of_a_day_in_pages(
    house: House, dana: Visitor, reader: httpx.AsyncClient
) -> None:
    for name in ("Acme", "Beta Labs", "Zeta"):
        await house.use(await house.supplier(name, by=dana.actor, owner=dana.actor.id), by=dana.actor)
    then = {name: await everything(reader, f"/api/v1/{name}") for name in ("models", "uses")}
    day = house.clock.now().date().isoformat()
    house.clock.move(timedelta(days=10))
    await house.use(await house.supplier("Later", by=dana.actor, owner=dana.actor.id), by=dana.actor)
    for name, listed in then.items():
        for axis in ("known", "true"):
            assert await everything(reader, f"/api/v1/{name}?limit=1&as_of={day}&axis={axis}") == listed
        assert len(await everything(reader, f"/api/v1/{name}")) == 4
    assert (await reader.get(f"/api/v1/uses?as_of={day}&after=nonsense")).status_code == 422


async def test_what_was_due_is_told_as_of_a_day_for_all_suppliers(
    house: House, dana: Visitor, reader: httpx.AsyncClient
) -> None:
    today = house.clock.now().date()
    for name, days in (("Acme", 20), ("Zeta", 40)):
        supplier = await house.supplier(name, by=dana.actor, owner=dana.actor.id)
        shown = Document(issuer="Insurer AG", valid_from=today, valid_until=today + timedelta(days=days))
        await house.do(GiveAttestation(supplier_id=supplier, type="insurance", document=shown), dana.actor)
    await house.projector.catch_up()
    due = await everything(reader, "/api/v1/renewals")
    assert len(due) == 2
    house.clock.move(timedelta(days=10))
    gone = RevokeAttestation(attestation_id=UUID(due[0]["aggregate_id"]), reason="Sold")
    await house.do(gone, Actor(id=dana.actor.id, roles=frozenset({Role.RISK_MANAGER})))
    await house.projector.catch_up()
    assert await everything(reader, "/api/v1/renewals") == due[1:]
    for axis in ("known", "true"):
        assert await everything(reader, f"/api/v1/renewals?limit=1&as_of={today}&axis={axis}") == due
    assert (await reader.get(f"/api/v1/renewals?as_of={today}&after=nonsense")).status_code == 422


async def test_no_fact_tells_a_name_or_an_address(house: House, dana: Visitor, reader: httpx.AsyncClient) -> None:
    await house.supplier("Acme", by=dana.actor, owner=dana.actor.id)
    told = str([await everything(reader, f"/api/v1/{name}") for name in LISTS])
    assert "Priya" not in told and "@" not in told


async def test_the_document_names_every_list_and_how_to_sign_in(house: House) -> None:
    document = (await house.browser().get("/api/v1/openapi.json")).json()
    assert {f"/api/v1/{name}" for name in LISTS} <= set(document["paths"])
    assert document["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
    assert "Supplier" in document["components"]["schemas"]


async def test_a_fact_that_cannot_be_read_is_listed_with_its_place_and_its_name(
    house: House, dana: Visitor, reader: httpx.AsyncClient, pool: asyncpg.Pool
) -> None:
    before = await reader.get("/api/v1/activity")
    [place] = await PostgresRecorder(pool).append([Draft(uuid4(), 1, "Boat.Flown", b"{}")])
    answer = await reader.get("/api/v1/activity", headers={"If-None-Match": before.headers["ETag"]})
    first, *others = answer.json()["items"]
    assert (first["position"], first["fact"], first["readable"]) == (place, "Boat.Flown", False)
    assert others == before.json()["items"]
    assert all(each["readable"] for each in others)
