"""Every page opens, on an empty instance and on a filled one."""

from __future__ import annotations

import pytest

from suppliers.ports import SEATS, Role
from tests.web.pages.house import House

EMPTY = ("/", "/suppliers", "/suppliers/new", "/activity", "/people", "/people/new", "/method", "/search?q=nothing")


@pytest.mark.parametrize("path", EMPTY)
async def test_every_page_opens_on_an_empty_instance(house: House, path: str) -> None:
    await house.projector.catch_up()
    administrator = await house.enter("Ada Byron", Role.ADMINISTRATOR, Role.RISK_MANAGER)
    assert "<h1>" in await administrator.sees(path)


async def test_every_tab_of_a_supplier_opens(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT, *SEATS)
    supplier = await house.supplier(by=dana.actor, owner=dana.id)
    await house.use(supplier, by=dana.actor)
    for tab in ("", "/inventory", "/assessments", "/attestations", "/decisions", "/activity"):
        assert "Northwind Cognition" in await dana.sees(f"/suppliers/{supplier}{tab}")
