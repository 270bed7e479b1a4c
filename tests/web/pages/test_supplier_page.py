"""A supplier's page: how it stands and why, and what each person can do about it."""

from __future__ import annotations

from html import unescape
from uuid import UUID

from suppliers.intake import ConfirmClass
from suppliers.onboarding import CorrectSupplier
from suppliers.ports import Role
from suppliers.supplier import Standing, Supplier, SupplierDetails
from tests.web.pages.house import House
from web.services import Extract


async def test_the_reasons_stand_in_order_of_weight_and_say_how_sure_we_are(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await house.supplier(by=dana.actor, owner=dana.id)
    await house.use(supplier, by=dana.actor, score=3)
    shown = await dana.sees(f"/suppliers/{supplier}")
    assert "Why this rating" in shown and "Starting exposure" in shown and "Residual score" in shown
    assert "Provisional" in shown and "Low confidence" in shown and "example policy" in shown
    assert "Reading claims documents" in shown and "Dana Whitfield" in shown


async def test_everybody_is_offered_only_what_they_may_do(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    omar = await house.enter("Omar Farid", Role.AUDITOR)
    supplier = await house.supplier(by=dana.actor)
    buyers = await dana.sees(f"/suppliers/{supplier}")
    assert all(f"/do/{key}" in buyers for key in ("owner", "contact", "sanctions", "start", "decline"))
    assert "/do/suspend" not in buyers
    assert "/do/" not in await omar.sees(f"/suppliers/{supplier}")
    await omar.sees(f"/suppliers/{supplier}/do/owner", status=403)


async def test_what_is_missing_is_done_step_by_step_until_onboarding_starts(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await house.supplier(by=dana.actor)
    contact = {"contact_name": "Priya Raman", "contact_email": "priya@northwind.example"}
    steps = {"owner": {"owner": str(dana.id)}, "contact": contact, "sanctions": {"clean": "yes"}, "start": {}}
    for key, fields in steps.items():
        path = f"/suppliers/{supplier}/do/{key}"
        done = await dana.sends(await dana.opens(path), path, **fields)
        assert (done.status_code, done.headers["location"]) == (303, f"/suppliers/{supplier}"), key
    assert (await house.office.load(Supplier, supplier)).standing is Standing.ONBOARDING
    assert "Priya Raman" in await dana.sees(f"/suppliers/{supplier}")


async def test_declining_without_a_reason_is_pointed_at(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    path = f"/suppliers/{await house.supplier(by=dana.actor)}/do/decline"
    answer = await dana.sends(await dana.opens(path), path, reason="  ")
    assert answer.status_code == 422 and "Give a reason in words" in answer.text


async def test_a_stale_form_changes_nothing(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await house.supplier(by=dana.actor)
    path = f"/suppliers/{supplier}/do/decline"
    old = await dana.opens(path)
    owner = f"/suppliers/{supplier}/do/owner"
    await dana.sends(await dana.opens(owner), owner, owner=str(dana.id))
    stale = await dana.sends(old, path, reason="Too risky.")
    assert stale.status_code == 409 and "Nothing was saved" in stale.text
    assert (await house.office.load(Supplier, supplier)).standing is Standing.PROPOSED


async def test_a_choice_that_was_not_offered_is_refused(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    path = f"/suppliers/{await house.supplier(by=dana.actor)}/do/owner"
    answer = await dana.sends(await dana.opens(path), path, owner="00000000-0000-0000-0000-000000000001")
    assert answer.status_code == 422 and "choose one of the answers offered" in answer.text


async def test_legal_confirms_the_class_and_procurement_is_not_asked_to(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    helen = await house.enter("Helen Marsh", Role.LEGAL)
    supplier = await house.supplier(by=dana.actor, owner=dana.id)
    use = await house.use(supplier, by=dana.actor)
    path = f"/suppliers/{supplier}/uses/{use}/do/confirm"
    assert path not in await dana.sees(f"/suppliers/{supplier}")
    assert path in await helen.sees(f"/suppliers/{supplier}")
    assert (await helen.sends(await helen.opens(path), path)).status_code == 303
    assert "Confirmed by Helen Marsh" in await helen.sees(f"/suppliers/{supplier}/inventory")


async def test_who_asked_for_a_use_cannot_confirm_its_class(house: House) -> None:
    helen = await house.enter("Helen Marsh", Role.LEGAL)
    supplier = await house.supplier(by=helen.actor)
    use = await house.use(supplier, by=helen.actor)
    path = f"/suppliers/{supplier}/uses/{use}/do/confirm"
    refused = await helen.sends(await helen.opens(path), path)
    assert refused.status_code == 403 and "someone else has to confirm" in refused.text


async def test_an_unknown_supplier_and_a_strange_act_are_not_found(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await house.supplier(by=dana.actor)
    for path in (f"/suppliers/{dana.id}", "/suppliers/nonsense", f"/suppliers/{supplier}/do/explode"):
        await dana.sees(path, status=404)
    use = await house.use(await house.supplier("Quillon Data", by=dana.actor), by=dana.actor)
    await house.do(ConfirmClass(use_id=use))
    await dana.sees(f"/suppliers/{supplier}/uses/{use}/do/retire", status=404)


async def test_who_audits_or_decides_is_offered_a_dossier_where_heads_are_signed(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    omar = await house.enter("Omar Farid", Role.AUDITOR)
    supplier = await house.supplier(by=dana.actor)
    file = f"/suppliers/{supplier}/dossier.zip"
    assert file not in await omar.sees(f"/suppliers/{supplier}/activity")
    await omar.sees(file, status=404)

    async def zipped(of: UUID, extract: Extract | None) -> bytes:
        return f"PK {of} {sorted(extract.positions)} {extract.said}".encode() if extract else f"PK {of}".encode()

    object.__setattr__(house.services, "dossier", zipped)
    assert file in await omar.sees(f"/suppliers/{supplier}/activity")
    assert await omar.sees(file) == f"PK {supplier}"
    assert file not in await dana.sees(f"/suppliers/{supplier}/activity")
    await dana.sees(file, status=403)
    position = await house.pool.fetchval("SELECT max(position) FROM event_log WHERE topic = 'Supplier.Proposed'")
    await house.do(CorrectSupplier(supplier_id=supplier, details=SupplierDetails(name="Borealis", country="DE")))
    then = f"{file}?as_of={position}&amp;axis=known"
    assert then in await omar.sees(f"/suppliers/{supplier}/activity?as_of={position}")
    assert await omar.sees(unescape(then)) == f"PK {supplier} [{position}] {position}, what was known then"
