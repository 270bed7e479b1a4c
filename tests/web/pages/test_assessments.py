"""The board of assessments, one assessment's page, and what procurement does about it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from suppliers.answering import AskForTime
from suppliers.assessment import AssessmentState
from suppliers.diligence import MarkOverdue, NoteQuestionnaireBounced, SendQuestionnaire
from suppliers.ports import Role
from tests.web.pages.rounds import Rounds, fields_of, fill_in


async def test_an_empty_board_says_what_to_do(rounds: Rounds) -> None:
    dana = await rounds.begin()
    page = await dana.sees("/assessments")
    assert "Nobody has been asked yet" in page and 'href="/suppliers"' in page


async def test_the_board_shows_each_round_in_its_stage_and_who_has_to_act(rounds: Rounds) -> None:
    dana = await rounds.begin()
    other = await rounds.use(rounds.supplier_id, by=dana.actor, title="Translating policies")
    third = await rounds.use(rounds.supplier_id, by=dana.actor, title="Summing up calls")
    opened, late, handed_in = await rounds.opened(), await rounds.mailed(other), await rounds.submitted(third)
    rounds.pass_time(days=60)
    await rounds.do(MarkOverdue(assessment_id=late))
    await rounds.projector.catch_up()
    dana = await rounds.enter("Erik Sand", Role.PROCUREMENT)
    page = await dana.sees("/assessments")
    lanes = {part.split('"')[0]: part for part in page.split('<section class="lane lane-')[1:]}
    assert str(opened) in lanes["to_send"] and "Us" in lanes["to_send"]
    assert str(late) in lanes["overdue"] and "Vendor" in lanes["overdue"] and "Overdue" in lanes["overdue"]
    assert str(handed_in) in lanes["submitted"]
    assert "for 60 days" in lanes["submitted"]


async def test_filters_live_in_the_address_and_can_be_taken_away(rounds: Rounds) -> None:
    dana = await rounds.begin()
    opened = await rounds.opened()
    assert str(opened) in await dana.sees("/assessments?waits=us")
    nothing = await dana.sees("/assessments?waits=vendor&q=northwind")
    assert str(opened) not in nothing and "No assessment is like that" in nothing
    assert 'href="?q=northwind"' in nothing
    assert str(opened) in await dana.sees("/assessments?q=north&mine=yes&view=list")
    assert str(opened) in await dana.sees("/assessments?stage=to_send")
    assert str(opened) not in await dana.sees("/assessments?stage=closed&view=list")


async def test_nonsense_in_the_address_is_ignored_and_a_made_up_place_is_not_found(rounds: Rounds) -> None:
    dana = await rounds.begin()
    await dana.sees("/assessments?waits=x&stage=y&mine=z&view=q&after=1")
    await dana.sees("/assessments?view=list&after=a|b", status=404)


@pytest.mark.parametrize(
    ("key", "fields", "said"),
    [
        ("extend", {"due_on": "2026-03-31", "reason": "Holidays"}, "more time"),
        ("remind", {}, "reminder is on its way"),
        ("renew-link", {}, "new link is on its way"),
        ("revoke-link", {"reason": "Sent to the wrong person"}, "no longer works"),
        ("withdraw", {"reason": "Not needed"}, "withdrawn"),
    ],
)
async def test_what_can_be_done_while_the_vendor_answers(
    rounds: Rounds, key: str, fields: dict[str, str], said: str
) -> None:
    dana = await rounds.begin()
    here = f"/assessments/{await rounds.mailed()}"
    assert f'href="{here}/do/{key}"' in await dana.sees(here)
    done = await fill_in(dana, f"{here}/do/{key}", **fields)
    assert (done.status_code, done.headers.get("location")) == (303, here), done.text[-1500:]
    assert said in await dana.sees(here)


async def test_a_reminder_by_hand_goes_out_once_a_day(rounds: Rounds) -> None:
    dana = await rounds.begin()
    id = await rounds.mailed()
    for _ in range(2):
        await fill_in(dana, f"/assessments/{id}/do/remind")
    assert len((await rounds.assessment(id)).reminders) == 1
    assert "Nothing changed" in await dana.sees(f"/assessments/{id}")


async def test_a_request_for_more_time_is_shown_and_granted_with_one_form(rounds: Rounds) -> None:
    dana = await rounds.begin()
    id = await rounds.mailed()
    vendor, due = await rounds.begun(id), (await rounds.assessment(id)).due_on
    await rounds.do(AskForTime(assessment_id=id, until=due + timedelta(days=9), reason="Our lawyer is away"), vendor)
    await rounds.projector.catch_up()
    page = await dana.sees(f"/assessments/{id}")
    assert "asks for more time" in page and "Our lawyer is away" in page
    form = await dana.opens(f"/assessments/{id}/do/extend")
    wanted = (due + timedelta(days=9)).isoformat()
    assert wanted in form.text and "Our lawyer is away" in form.text
    await fill_in(dana, f"/assessments/{id}/do/extend", due_on=wanted, reason="Granted")
    assert (await rounds.assessment(id)).due_on.isoformat() == wanted
    assert "asks for more time" not in (await dana.sees(f"/assessments/{id}")).split("What happened")[0]


async def test_a_bounce_says_what_the_server_said_and_where_to_mend_it(rounds: Rounds) -> None:
    dana = await rounds.begin()
    id = await rounds.opened()
    await rounds.do(SendQuestionnaire(assessment_id=id), dana.actor)
    await rounds.do(NoteQuestionnaireBounced(assessment_id=id, link=1, code=550, text="no such mailbox"))
    await rounds.projector.catch_up()
    page = await dana.sees(f"/assessments/{id}")
    assert "550 no such mailbox" in page and f"/assessments/{id}/do/contact" in page


async def test_an_auditor_sees_everything_and_can_do_nothing(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.mailed()
    auditor = await rounds.enter("Otto Prüfer", Role.AUDITOR)
    page = await auditor.sees(f"/assessments/{id}")
    assert "/do/" not in page
    await auditor.sees(f"/assessments/{id}/do/withdraw", status=403)


async def test_a_withdrawal_of_an_older_state_is_refused(rounds: Rounds) -> None:
    dana = await rounds.begin()
    id = await rounds.mailed()
    form = await dana.opens(f"/assessments/{id}/do/withdraw")
    await rounds.begun(id)
    sent = {**fields_of(form), "reason": "Too late"}
    late = await dana.browser.post(f"/assessments/{id}/do/withdraw", data=sent)
    assert late.status_code == 409 and "Someone changed this" in late.text
    assert (await rounds.assessment(id)).state is AssessmentState.BEGUN


async def test_what_the_vendor_writes_is_not_shown_before_it_is_handed_in(rounds: Rounds) -> None:
    dana = await rounds.begin()
    id = await rounds.mailed()
    await rounds.begun(id)
    await rounds.fill_in(id)
    page = await dana.sees(f"/assessments/{id}")
    assert "stays the vendor" in page and "In place, documented and reviewed" not in page
    evidence = next(iter((await rounds.assessment(id)).evidence))
    await dana.sees(f"/assessments/{id}/evidence/{evidence}", status=404)


async def test_an_unknown_assessment_is_not_found(rounds: Rounds) -> None:
    dana = await rounds.begin()
    await dana.sees(f"/assessments/{rounds.use_id}", status=404)
