"""Models, data sources and attestations: noted, changed, verified by somebody else, ended."""

from __future__ import annotations

import re
from uuid import UUID

from suppliers.attestation import Attestation, AttestationState
from suppliers.ports import Role
from suppliers.use import Use
from suppliers.vendor_model import VendorModel
from tests.web.pages.house import House, Visitor

SOC = {"type": "soc2_type2", "issuer": "Schellman", "valid_from": "2026-01-01", "valid_until": "2026-09-30"}


async def given(visitor: Visitor, supplier: UUID, **fields: str) -> str:
    path = f"/suppliers/{supplier}/attestations/new"
    done = await visitor.sends(await visitor.opens(path), path, **{**SOC, **fields})
    assert done.status_code == 303, done.text[-600:]
    found = re.search(r'<tr id="([0-9a-f-]{36})"', await visitor.sees(f"/suppliers/{supplier}/attestations"))
    assert found
    return found[1]


async def test_a_new_version_is_noted_and_adopted(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await house.supplier(by=dana.actor)
    model = (await house.office.load(Use, await house.use(supplier, by=dana.actor))).subject_id
    for key, fields in {
        "announce": {"version": "3.0", "released_on": "2026-01-02"},
        "adopt": {"version": "3.0"},
    }.items():
        path = f"/suppliers/{supplier}/models/{model}/do/{key}"
        assert (await dana.sends(await dana.opens(path), path, **fields)).status_code == 303
    assert (await house.office.load(VendorModel, model)).adopted == "3.0"
    assert "in use since" in await dana.sees(f"/suppliers/{supplier}/inventory")


async def test_noting_what_is_so_already_says_so_and_records_nothing(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await house.supplier(by=dana.actor)
    model = (await house.office.load(Use, await house.use(supplier, by=dana.actor))).subject_id
    path, events = f"/suppliers/{supplier}/models/{model}/do/hosting", await house.events()
    done = await dana.sends(await dana.opens(path), path, hosting_region="EU")
    assert await house.events() == events
    assert "Nothing changed" in await dana.sees(done.headers["location"])


async def test_a_model_is_retired_with_a_reason_and_is_offered_nothing_more(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await house.supplier(by=dana.actor)
    model = (await house.office.load(Use, await house.use(supplier, by=dana.actor))).subject_id
    path = f"/suppliers/{supplier}/models/{model}/do/retire"
    await dana.sends(await dana.opens(path), path, reason="Replaced.")
    shown = await dana.sees(f"/suppliers/{supplier}/inventory")
    assert "Replaced." in shown and f"/models/{model}/do/" not in shown


async def test_an_attestation_is_verified_by_somebody_else_than_who_added_it(house: House) -> None:
    yuki = await house.enter("Yuki Tanaka", Role.SECURITY)
    helen = await house.enter("Helen Marsh", Role.LEGAL)
    supplier = await house.supplier(by=yuki.actor)
    id = await given(yuki, supplier)
    path = f"/suppliers/{supplier}/attestations/{id}/do/verify"
    checked = {"how": "Called the issuer.", "covers": "yes", "opinion": "clean"}
    refused = await yuki.sends(await yuki.opens(path), path, **checked)
    assert refused.status_code == 403 and "someone else has to verify it" in refused.text
    assert (await helen.sends(await helen.opens(path), path, **checked)).status_code == 303
    assert (await house.office.load(Attestation, UUID(id))).state is AttestationState.VERIFIED
    assert "Called the issuer." in await helen.sees(f"/suppliers/{supplier}/attestations")


async def test_dates_out_of_order_come_back_with_the_form(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await house.supplier(by=dana.actor)
    path, events = f"/suppliers/{supplier}/attestations/new", await house.events()
    answer = await dana.sends(await dana.opens(path), path, **{**SOC, "valid_until": "2025-01-01"})
    assert answer.status_code == 422 and "last day of validity comes before the first" in answer.text
    assert 'value="Schellman"' in answer.text and await house.events() == events


async def test_an_attestation_is_renewed_then_revoked(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await house.supplier(by=dana.actor)
    id = await given(dana, supplier)
    forms = {
        "renew": {**SOC, "valid_from": "2026-09-01", "valid_until": "2027-06-30"},
        "revoke": {"reason": "The issuer withdrew it."},
    }
    for key, fields in forms.items():
        path = f"/suppliers/{supplier}/attestations/{id}/do/{key}"
        assert (await dana.sends(await dana.opens(path), path, **fields)).status_code == 303, key
    assert (await house.office.load(Attestation, UUID(id))).state is AttestationState.REVOKED
    assert "The issuer withdrew it." in await dana.sees(f"/suppliers/{supplier}/attestations")
