"""Above every page: which list stands still, since when, what is right all the same, and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from projections.projector import Projector
from projections.standing import Lookout, Standing
from projections.view import View
from suppliers.ports import Role
from tests.projections.log import LogFeed
from tests.projections.tallies import granted, log_of, registered, tallies
from tests.web.stage import Stage
from tests.web.test_signing_in import signed_in
from web.standstill import standstills

AT = datetime(2026, 11, 24, 10, 41, tzinfo=UTC)


def standing(name: str, **known: Any) -> Standing:
    return Standing(name, 1, 1, 1_233, 7, 60.0, **known)


def stuck(name: str, event: int = 1_234) -> Standing:
    return standing(name, event=event, since=AT, tries=1, topic="t", error="e")


def test_one_sentence_for_all_that_stand_at_one_event() -> None:
    [told] = standstills([stuck("renewals"), stuck("posture"), standing("register")])
    assert (told.what, told.stands) == ("The risk scores and the renewals list", "stand")


def test_each_event_has_a_sentence_of_its_own_and_late_views_come_last() -> None:
    told = standstills([stuck("renewals"), stuck("docket", 9), standing("register", late=12)])
    assert [each.what for each in told] == ["The renewals list", "The council's docket", "The suppliers list"]
    assert [bool(each.since) for each in told] == [True, True, False]


def test_when_nothing_moves_it_is_every_list() -> None:
    assert [each.what for each in standstills([stuck("renewals"), stuck("register")])] == ["Every list"]


def test_what_is_late_because_it_is_being_made_anew_is_said_to_be() -> None:
    told = standstills([standing("register", late=12, building=True), standing("renewals", late=11)])
    assert [(each.what, each.building, each.late) for each in told] == [
        ("The suppliers list", True, 12),
        ("The renewals list", False, 11),
    ]


def test_the_rest_is_up_to_date_only_when_no_other_list_is_late_or_stands_still_too() -> None:
    assert [each.alone for each in standstills([stuck("renewals"), stuck("posture"), standing("register")])] == [True]
    assert not any(each.alone for each in standstills([stuck("renewals"), standing("register", late=12)]))
    assert not any(each.alone for each in standstills([stuck("renewals"), stuck("docket", 9), standing("register")]))
    assert not any(each.alone for each in standstills([stuck("renewals"), stuck("register")]))


def test_nothing_is_said_when_all_is_well() -> None:
    assert standstills([standing("register"), standing("renewals", building=True)]) == []


@pytest.fixture
def watched(stage: Stage) -> Stage:
    """Its pages look at how the views are doing."""
    stage.__dict__["services"] = replace(stage.services, views=Lookout(stage.pool))
    return stage


async def test_above_every_page_it_is_said_what_stands_still_and_what_to_do_until_it_goes_on(watched: Stage) -> None:
    """From a fold that fails to the page, and back."""
    await watched.staff("Dana Whitfield", Role.ADMINISTRATOR)
    await stumbled(watched)
    browser = await signed_in(watched)
    page = (await browser.get("/method")).text
    assert 'role="alert"' in page and "The renewals list stands still since" in page and "at event 2." in page
    assert "The rest is up to date" in page and "tierce rebuild renewals" in page
    await following(watched, tallies("renewals"))
    watched.services.views._looked = 0.0  # type: ignore[attr-defined]
    assert "stands still" not in (await browser.get("/method")).text


async def test_who_cannot_put_it_right_is_told_whom_to_tell(watched: Stage) -> None:
    await watched.staff("Dana Whitfield", Role.PROCUREMENT)
    await stumbled(watched)
    page = (await (await signed_in(watched)).get("/method")).text
    assert "tell whoever runs Tierce" in page and "tierce rebuild" not in page


async def stumbled(stage: Stage) -> None:
    await following(stage, tallies("renewals", stumbles_at={2}))


async def following(stage: Stage, view: View[Any]) -> None:
    ada = UUID(int=7)
    await Projector(LogFeed(log_of(registered(ada), granted(ada))), stage.pool, [view]).catch_up()
