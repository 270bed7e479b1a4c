"""Pages of views that another release built say so; nothing else does."""

from __future__ import annotations

import asyncpg

from suppliers.onboarding import ProposeSupplier
from suppliers.ports import Role
from suppliers.supplier import SupplierDetails
from tests.web.pages.house import House

SAID = "is being rebuilt for a new version of Tierce"


async def test_a_list_whose_columns_are_not_there_yet_says_that_it_is_being_rebuilt(
    house: House, pool: asyncpg.Pool
) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    await house.projector.catch_up()
    await pool.execute("ALTER VIEW view_register RENAME COLUMN sort_name TO another_name")
    answer = await dana.browser.get("/suppliers?sort=name")
    assert answer.status_code == 503
    assert SAID in answer.text


async def test_a_page_whose_row_is_of_another_shape_says_so(house: House, pool: asyncpg.Pool) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    made = await house.do(ProposeSupplier(details=SupplierDetails(name="Aster")))
    await house.projector.catch_up()
    await pool.execute("UPDATE view_register SET row = row::jsonb - 'standing'")
    answer = await dana.browser.get(f"/suppliers/{made.supplier_id}")
    assert answer.status_code == 503
    assert SAID in answer.text
