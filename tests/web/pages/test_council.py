"""The council's docket, the brief, and who decides what on which posture."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from projections import posture
from suppliers.assessment import Verdict
from suppliers.diligence import ReviewAnswer
from suppliers.governance import MissCondition, TableReview
from suppliers.ports import Role
from suppliers.review import Outcome, Review, ReviewState
from tests.web.pages.house import Visitor
from tests.web.pages.rounds import REVIEWER, Rounds, fields_of, fill_in


async def tabled(rounds: Rounds) -> str:
    """The address of a question about a use whose answers were reviewed."""
    await rounds.closed()
    done = await fill_in(rounds.dana, f"/council/new?use={rounds.use_id}", "/council/new", question="May we use it?")
    assert done.status_code == 303, done.text[-900:]
    return done.headers["location"]


async def review(rounds: Rounds, here: str) -> Review:
    return await rounds.office.load(Review, UUID(here.rsplit("/", 1)[1]))


async def seat(rounds: Rounds, *roles: Role) -> Visitor:
    return await rounds.enter("Helen Marsh", *(roles or (Role.LEGAL,)))


async def test_an_empty_docket_says_what_comes_here(rounds: Rounds) -> None:
    dana = await rounds.begin()
    page = await dana.sees("/council")
    assert "Nothing waits for a decision" in page and "No condition is due" in page
    assert "Northwind Cognition" in page  # rated by its intake alone, so it is in the heat map
    assert "No use is ready" in await dana.sees("/council/new")


async def test_a_use_is_tabled_with_its_posture_and_a_question_worded_for_it(rounds: Rounds) -> None:
    dana = await rounds.begin()
    await rounds.closed()
    assert str(rounds.use_id) in await dana.sees("/council/new")
    page = await dana.opens(f"/council/new?use={rounds.use_id}")
    assert "May we use Northwind Cognition for: Reading claims documents?" in page.text
    assert "Why this rating" in page.text
    done = await fill_in(dana, f"/council/new?use={rounds.use_id}", "/council/new", question="May we use it?")
    docket = await dana.sees("/council")
    assert done.headers["location"] in docket and "May we use it?" in docket and "since today" in docket
    assert "not Dana Whitfield" in docket
    assert "asked about this use already" in await dana.sees(f"/council/new?use={rounds.use_id}")


async def test_tabling_an_unproven_posture_warns(rounds: Rounds) -> None:
    dana = await rounds.begin()
    page = await dana.sees(f"/council/new?use={rounds.use_id}")
    assert "provisional" in page and "Confidence is low" in page


async def test_a_posture_that_moved_while_one_was_looking_is_shown_again_before_it_is_tabled(rounds: Rounds) -> None:
    dana = await rounds.begin()
    page = await dana.opens(f"/council/new?use={rounds.use_id}")
    await rounds.submitted()
    late = await dana.browser.post("/council/new", data={**fields_of(page, "/council/new"), "question": "Yes?"})
    assert late.status_code == 409 and "changed while you were looking" in late.text


async def test_a_seat_approves_and_the_record_says_so(rounds: Rounds) -> None:
    await rounds.begin()
    here = await tabled(rounds)
    helen = await seat(rounds)
    done = await fill_in(helen, here, here, outcome="approve", reasons="Well proven.")
    assert (done.status_code, done.headers.get("location")) == (303, here), done.text[-2000:]
    page = await helen.sees(here)
    assert "Helen Marsh (Legal)" in page and "Well proven." in page and "Reasons" in page
    assert (await review(rounds, here)).outcome is Outcome.APPROVE
    assert "Decided lately" in await helen.sees("/council")


async def test_whoever_requested_the_use_sees_why_they_cannot_decide_it(rounds: Rounds) -> None:
    dana = await rounds.begin()
    here = await tabled(rounds)
    page = await dana.opens(here)
    assert "You requested this use or own the relationship" in page.text and 'name="outcome"' not in page.text
    forced = {**fields_of(page, here)} if f'action="{here}"' in page.text else {}
    sign_out = page.text.split('name="csrf" value="')[1].split('"')[0]
    refused = await dana.browser.post(here, data={"csrf": sign_out, **forced, "outcome": "approve", "reasons": "x"})
    assert refused.status_code == 403
    assert (await review(rounds, here)).state is ReviewState.TABLED


@pytest.mark.parametrize("roles", [(Role.AUDITOR,), (Role.RISK_MANAGER,)])
async def test_without_a_seat_one_reads_and_does_not_decide(rounds: Rounds, roles: tuple[Role, ...]) -> None:
    await rounds.begin()
    here = await tabled(rounds)
    reader = await seat(rounds, *roles)
    page = await reader.sees(here)
    assert "You cannot decide this." in page and 'name="outcome"' not in page


async def test_conditions_are_added_without_a_script_and_nothing_typed_is_lost(rounds: Rounds) -> None:
    await rounds.begin()
    here = await tabled(rounds)
    helen = await seat(rounds)
    more = await fill_in(helen, here, here, do="add", outcome="approve_with_conditions", reasons="Almost",
                         **{"text-0": "Sign the addendum"})  # fmt: skip
    assert more.status_code == 200 and 'name="text-1"' in more.text
    assert "Sign the addendum" in more.text and "Almost" in more.text and "error-summary" not in more.text
    rows = {**fields_of(more, here), "outcome": "approve_with_conditions", "reasons": "Almost"}
    filled = {"text-0": "Sign the addendum", "owner-0": str(helen.id), "due-0": "2026-03-01",
              "text-1": "Test it again", "owner-1": str(helen.id), "due-1": "2026-04-01"}  # fmt: skip
    done = await helen.browser.post(here, data={**rows, **filled})
    assert done.status_code == 303, done.text[-2500:]
    assert [each.due_on for each in (await review(rounds, here)).conditions] == [date(2026, 3, 1), date(2026, 4, 1)]
    assert "Sign the addendum" in await helen.sees(here)


async def test_what_is_missing_from_a_decision_is_said_beside_it(rounds: Rounds) -> None:
    await rounds.begin()
    here = await tabled(rounds)
    helen = await seat(rounds)
    empty = await fill_in(helen, here, here)
    assert empty.status_code == 422 and "Choose what the council decides" in empty.text
    half = await fill_in(helen, here, here, outcome="approve_with_conditions", reasons="r",
                         **{"text-0": "Do it", "due-0": "2025-01-01"})  # fmt: skip
    assert "choose who sees to it" in half.text and "give a day in the future" in half.text and "Do it" in half.text
    long = await fill_in(helen, here, here, outcome="approve", reasons="r", valid_until="2040-01-01")
    assert long.status_code == 422 and "longer than the policy allows" in long.text
    assert (await review(rounds, here)).state is ReviewState.TABLED


async def test_a_risk_above_the_appetite_is_not_approved_without_conditions(rounds: Rounds) -> None:
    dana = await rounds.begin(score=3)
    pack = await posture.pack(rounds.pool, rounds.use_id)
    assert pack and not pack.within_appetite
    made = await rounds.do(TableReview(use_id=rounds.use_id, question="May we?", pack=pack), dana.actor)
    await rounds.projector.catch_up()
    helen, here = await seat(rounds), f"/council/{made.review_id}"
    refused = await fill_in(helen, here, here, outcome="approve", reasons="We like it")
    assert refused.status_code == 422 and "above the appetite" in refused.text and "We like it" in refused.text


async def test_an_outdated_pack_stops_the_decision_until_it_is_renewed(rounds: Rounds) -> None:
    dana = await rounds.begin()
    pack = await posture.pack(rounds.pool, rounds.use_id)
    assert pack
    made = await rounds.do(TableReview(use_id=rounds.use_id, question="May we?", pack=pack), dana.actor)
    await rounds.closed()
    helen, here = await seat(rounds), f"/council/{made.review_id}"
    page = await helen.opens(here)
    assert "The posture has changed since this was tabled" in page.text and 'name="outcome"' not in page.text
    assert "Residual risk" in page.text.split("outdated")[1]
    renewed = await fill_in(helen, here, f"{here}/pack")
    assert renewed.headers["location"] == here
    assert 'name="outcome"' in await helen.sees(here)


async def test_a_decision_on_an_older_state_is_refused_as_stale(rounds: Rounds) -> None:
    await rounds.begin()
    here = await tabled(rounds)
    helen = await seat(rounds)
    page = await helen.opens(here)
    await fill_in(helen, f"{here}/do/defer", reason="Ask legal first", until="2026-02-01")
    late = await helen.browser.post(here, data={**fields_of(page, here), "outcome": "reject", "reasons": "No"})
    assert late.status_code == 409 and "Someone changed this" in late.text
    assert (await review(rounds, here)).state is ReviewState.TABLED


async def test_a_deferred_question_stays_with_its_reason_and_day(rounds: Rounds) -> None:
    await rounds.begin()
    here = await tabled(rounds)
    helen = await seat(rounds)
    past = await fill_in(helen, f"{here}/do/defer", reason="Ask legal first", until="2025-02-01")
    assert past.status_code == 422 and "choose a day in the future" in past.text
    await fill_in(helen, f"{here}/do/defer", reason="Ask legal first", until="2026-02-01")
    assert "Deferred until 1 Feb 2026: Ask legal first" in await helen.sees("/council")


async def test_conditions_are_noted_as_met_or_shown_as_missed(rounds: Rounds) -> None:
    await rounds.begin()
    here = await tabled(rounds)
    helen = await seat(rounds)
    rows = {"rows": "2", "text-0": "Sign it", "owner-0": str(helen.id), "due-0": "2026-01-20",
            "text-1": "Test it", "owner-1": str(helen.id), "due-1": "2026-01-21"}  # fmt: skip
    await fill_in(helen, here, here, outcome="approve_with_conditions", reasons="r", **rows)
    assert "Sign it" in await helen.sees("/council")
    done = await fill_in(helen, f"{here}/conditions/0", evidence="Signed on paper")
    assert done.status_code == 303
    rounds.pass_time(days=20)
    await rounds.do(MissCondition(review_id=UUID(here.rsplit("/", 1)[1]), index=1))
    await rounds.projector.catch_up()
    erik = await rounds.enter("Erik Sand", Role.DATA)
    page = await erik.sees(here)
    assert "Signed on paper" in page and "Missed" in page and f'{here}/conditions/1"' in page
    await erik.sees(f"{here}/conditions/7", status=404)


async def test_a_second_decision_shows_what_changed_since_the_first(rounds: Rounds) -> None:
    dana = await rounds.begin()
    here = await tabled(rounds)
    helen = await seat(rounds)
    await fill_in(helen, here, here, outcome="approve", reasons="Well proven.")
    rounds.pass_time(days=200)
    id = await rounds.submitted()
    question = next(iter((await rounds.assessment(id)).values))
    weak = ReviewAnswer(assessment_id=id, question=question, verdict=Verdict.CONTRADICTED, reason="Not so")
    await rounds.do(weak, REVIEWER)
    await rounds.projector.catch_up()
    dana = await rounds.enter("Erik Sand", Role.PROCUREMENT)
    again = await fill_in(dana, f"/council/new?use={rounds.use_id}", "/council/new", question="Still?")
    page = await dana.sees(again.headers["location"])
    since = page.split("Since the last decision")[1]
    assert here in since and "Confidence" in since


async def test_of_two_who_table_a_use_at_once_one_is_told_so(rounds: Rounds) -> None:
    dana = await rounds.begin()
    pack = await posture.pack(rounds.pool, rounds.use_id)
    assert pack
    page = await dana.opens(f"/council/new?use={rounds.use_id}")
    await rounds.do(TableReview(use_id=rounds.use_id, question="May we?", pack=pack), dana.actor)
    late = await dana.browser.post("/council/new", data={**fields_of(page, "/council/new"), "question": "And now?"})
    assert late.status_code == 409 and "asked about this use already" in late.text
