"""A session for one assessment sees nothing of another: the same 404 as for one that does not exist, on every route."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.routing import APIRoute

from tests.web.answering import Vendor
from tests.web.stage import Stage
from web.answer import routers

IDS = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")


def vendor_routes() -> Iterator[tuple[str, str]]:
    """Every method and path of the vendor's side that names an assessment."""
    for router in routers:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            if route.path.startswith("/answers/"):
                yield from ((method, route.path) for method in route.methods)


ROUTES = sorted(vendor_routes())


def test_there_are_routes_to_try() -> None:
    assert len(ROUTES) >= 14


async def walked(vendor: Vendor, method: str, path: str, assessment: UUID, evidence: UUID) -> list[tuple[Any, ...]]:
    url = path.format(assessment_id=assessment, section="SRC", question="SRC-01", evidence_id=evidence)
    seen = []
    for accept in ("text/html", "application/json"):
        data = {"csrf": vendor.csrf, "value": "x", "revision": "0"} if method == "POST" else None
        answer = await vendor.browser.request(method, url, data=data, headers={"Accept": accept})
        headers = {k: v for k, v in answer.headers.items() if k != "x-request-id"}
        seen.append((answer.status_code, IDS.sub("id", answer.text), headers))
    return seen


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_another_vendors_assessment_is_answered_like_an_unknown_one(stage: Stage, method: str, path: str) -> None:
    mine, theirs = await stage.sent(), await stage.sent(supplier="Alder Voice")
    other = await Vendor(stage, theirs).come_in()
    await other.upload("SRC-01", "list.csv", b"a,b\n1,2\n")
    (evidence,) = (await stage.assessment(theirs)).evidence
    vendor = await Vendor(stage, mine).come_in()
    events = await stage.events()
    about_theirs = await walked(vendor, method, path, theirs, evidence)
    about_nothing = await walked(vendor, method, path, uuid4(), uuid4())
    assert about_theirs == about_nothing
    assert {status for status, _, _ in about_theirs} == {404}
    if "evidence_id" in path:
        assert (await walked(vendor, method, path, mine, evidence))[0][0] == 404
    assert await stage.events() == events


async def test_a_stolen_name_of_a_cookie_opens_nothing(stage: Stage) -> None:
    mine, theirs = await stage.sent(), await stage.sent(supplier="Alder Voice")
    vendor = await Vendor(stage, mine).come_in()
    (token,) = [each.value for each in vendor.browser.cookies.jar if each.name.startswith("__Host-answer-")]
    for id in (theirs, uuid4()):
        cookie = {"Cookie": f"__Host-answer-{str(id)[:13]}={token}"}
        assert (await stage.browser().get(f"/answers/{id}", headers=cookie)).status_code == 401


async def test_without_a_session_every_assessment_looks_alike(stage: Stage) -> None:
    known, unknown = await stage.sent(), uuid4()
    answers = [await stage.browser().get(f"/answers/{id}") for id in (known, unknown)]
    assert [each.status_code for each in answers] == [401, 401]
    assert IDS.sub("id", answers[0].text) == IDS.sub("id", answers[1].text)


async def test_two_questionnaires_can_be_open_in_one_browser(stage: Stage) -> None:
    one, two = await stage.sent(), await stage.sent(supplier="Alder Voice")
    first = await Vendor(stage, one).come_in()
    second = await Vendor(stage, two, first.browser).come_in()
    assert (await first.save("SRC-01", "The corpus")).status_code == 200
    assert (await second.save("SRC-01", "The voices")).status_code == 200
