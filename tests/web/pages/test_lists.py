"""Lists: suppliers, activity, search; filters in the address, page after page, as a file."""

from __future__ import annotations

import csv
import io
import re
from uuid import uuid4

import asyncpg

from events.recorder import PostgresRecorder
from events.stored import Draft
from suppliers.onboarding import ProposeSupplier
from suppliers.ports import Role
from suppliers.supplier import SupplierDetails
from tests.web.pages.house import House
from web.pages.exports import cell

HTMX = {"HX-Request": "true"}
NAME = re.compile(r'<a class="name" href="/suppliers/[^"]+">([^<]+)</a>')


async def many(house: House, number: int) -> None:
    for index in range(number):
        await house.do(ProposeSupplier(details=SupplierDetails(name=f"Supplier {index:03}")))
    await house.projector.catch_up()


async def test_an_empty_list_says_what_to_do_first(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    shown = await dana.sees("/suppliers")
    assert "No suppliers yet" in shown and "tierce demo" in shown and "/suppliers/new" in shown


async def test_showing_more_appends_the_next_rows_until_all_are_there(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    await many(house, 103)
    page = await dana.sees("/suppliers?sort=name")
    seen = NAME.findall(page)
    while more := re.search(r'hx-get="([^"]+)"', page[page.index('id="pager"') :]):
        page = (await dana.browser.get(more[1].replace("&amp;", "&"), headers=HTMX)).text
        assert "<html" not in page
        seen += NAME.findall(page)
    assert seen == [f"Supplier {index:03}" for index in range(103)]


async def test_filters_stand_in_the_address_and_can_be_taken_away_one_by_one(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    await house.supplier("Quillon Data", by=dana.actor)
    await house.use(await house.supplier("Northwind Cognition", by=dana.actor, owner=dana.id), by=dana.actor)
    shown = await dana.sees("/suppliers?standing=onboarding&owner=me&q=north")
    assert NAME.findall(shown) == ["Northwind Cognition"] and "1 supplier" in shown
    assert 'href="/suppliers?q=north&amp;standing=onboarding"' in shown and "Owner: Dana Whitfield" in shown
    assert NAME.findall(await dana.sees("/suppliers?standing=proposed")) == ["Quillon Data"]
    assert NAME.findall(await dana.sees("/suppliers?tier=2&tier=3&band=elevated&band=unacceptable")) == [
        "Northwind Cognition"
    ]


async def test_nothing_found_offers_to_clear_the_filters(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    await house.supplier(by=dana.actor)
    assert "No supplier fits" in await dana.sees("/suppliers?q=zebra")


async def test_nonsense_in_the_address_is_left_out(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    await house.supplier(by=dana.actor)
    shown = await dana.sees("/suppliers?tier=nine&band=purple&owner=x&sort=shoe")
    assert "Northwind Cognition" in shown
    await dana.sees("/suppliers?after=nowhere", status=404)


async def test_the_export_holds_what_the_filters_leave(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    await house.supplier("Quillon Data", by=dana.actor)
    await house.supplier("Northwind Cognition", by=dana.actor, owner=dana.id)
    answer = await dana.browser.get("/suppliers.csv?standing=onboarding")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["Name"], row["Owner"], row["Country"]) for row in rows] == [
        ("Northwind Cognition", "Dana Whitfield", "Germany")
    ]
    assert "attachment" in answer.headers["content-disposition"]


def test_a_cell_that_a_spreadsheet_would_compute_is_marked_as_text() -> None:
    assert cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert (cell(None), cell(12.345), cell("Plain")) == ("", "12.3", "Plain")


async def test_the_trail_is_filtered_by_kind_person_and_day(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await house.supplier(by=dana.actor, owner=dana.id)
    house.pass_time(days=3)
    await house.use(supplier, by=dana.actor)
    omar = await house.enter("Omar Farid", Role.AUDITOR)
    everything = await omar.sees("/activity")
    assert "Dana Whitfield proposed Northwind Cognition" in everything and "answered the intake" in everything
    assert "answered the intake" not in await omar.sees("/activity?kind=Supplier")
    assert "started the onboarding" in await omar.sees(f"/activity?person={dana.id}&until=2026-01-05")
    assert "answered the intake" not in await omar.sees("/activity?until=2026-01-05")
    assert "Northwind Cognition" in await omar.sees("/activity?find=north")
    assert "Nothing fits" in await omar.sees(f"/activity?person={omar.id}&kind=Use")


async def test_the_trail_goes_on_earlier_without_a_gap(house: House) -> None:
    omar = await house.enter("Omar Farid", Role.AUDITOR)
    await many(house, 60)
    first = await omar.sees("/activity?kind=Supplier")
    more = re.search(r'hx-get="([^"]+)"', first[first.index('id="pager"') :])
    assert more
    rest = await omar.browser.get(more[1].replace("&amp;", "&"), headers=HTMX)
    seen = re.findall(r"proposed (Supplier \d+)", first + rest.text)
    assert seen == [f"Supplier {index:03}" for index in reversed(range(60))]


async def test_the_trail_is_exported_with_its_positions(house: House) -> None:
    omar = await house.enter("Omar Farid", Role.AUDITOR)
    await many(house, 2)
    answer = await omar.browser.get("/activity.csv?kind=Supplier")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["Event"] for row in rows] == ["Supplier.Proposed", "Supplier.Proposed"]
    assert int(rows[0]["Position"]) > int(rows[1]["Position"])


async def test_the_search_box_finds_suppliers_and_what_they_offer(house: House) -> None:
    dana = await house.enter("Dana Whitfield", Role.PROCUREMENT)
    supplier = await house.supplier(by=dana.actor)
    await house.use(supplier, by=dana.actor)
    alone = await dana.browser.get("/search?q=northw")
    assert alone.headers["location"] == f"/suppliers/{supplier}"
    assert "Extract 2" in await dana.sees("/search?q=extr") and "Reading claims" in await dana.sees("/search?q=claims")
    assert "Nothing is called like this" in await dana.sees("/search?q=%25")


async def test_a_fact_that_cannot_be_read_is_listed_as_such_and_hides_no_other(
    house: House, pool: asyncpg.Pool
) -> None:
    omar = await house.enter("Omar Farid", Role.AUDITOR)
    await many(house, 1)
    [place] = await PostgresRecorder(pool).append([Draft(uuid4(), 1, "Boat.Flown", b"{}")])
    shown = await omar.sees("/activity")
    assert f"This entry cannot be read here: Boat.Flown, position {place}." in shown
    assert "proposed Supplier 000" in shown
    assert "Boat.Flown" not in await omar.sees("/activity?kind=Supplier")
    lines = (await omar.browser.get("/activity.csv")).text.splitlines()
    assert lines[1].startswith(f"{place},") and "Supplier.Proposed" in lines[2]
