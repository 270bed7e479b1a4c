"""Reviewers judge what a vendor answered, in place or without a script."""

from __future__ import annotations

import hashlib
import re
from uuid import UUID

from suppliers.answering import AttachEvidence, RecordAnswer, SubmitAnswers
from suppliers.assessment import AssessmentState, Verdict
from suppliers.diligence import AcceptAnswers
from suppliers.ports import Actor, Role
from suppliers.questionnaires.library import library
from suppliers.questions import unreviewed
from tests.web.pages.house import Visitor
from tests.web.pages.rounds import Rounds, fields_of, fill_in

HTMX = {"HX-Request": "true"}


async def reviewer(rounds: Rounds, *roles: Role) -> Visitor:
    return await rounds.enter("Helen Marsh", *(roles or (Role.LEGAL, Role.RISK_MANAGER)))


async def a_question(rounds: Rounds, id: UUID, *, by_hand: bool) -> str:
    """An answered question that does or does not need a score from a person."""
    questionnaire = library().get("ddq-ai-model", "1.0.0")
    open_ones = unreviewed(await rounds.assessment(id), library())
    return next(each for each in open_ones if (questionnaire.by_id[each].scoring.kind == "reviewer") is by_hand)


async def test_the_answers_are_read_by_section_my_seat_first(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.submitted()
    page = await (await reviewer(rounds, Role.SECURITY)).sees(f"/assessments/{id}")
    first = re.search(r'<section class="card long" id="section-(\w+)"', page)
    assert first and first[1] == "SEC" and "your seat" in page
    assert "In place, documented and reviewed every year." in page
    assert "<b>Priya Raman</b>, CEO" in page and 'id="domain-security"' in page


async def test_accepting_an_answer_with_htmx_gives_back_that_answer_and_the_progress(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.submitted()
    helen = await reviewer(rounds)
    question = await a_question(rounds, id, by_hand=False)
    post = f"/assessments/{id}/answers/{question}"
    page = await helen.opens(f"/assessments/{id}")
    answer = await helen.browser.post(post, data={**fields_of(page, post), "verdict": "accepted"}, headers=HTMX)
    assert answer.status_code == 200 and "<html" not in answer.text
    assert f'id="q-{question}"' in answer.text and "Accepted" in answer.text and "Helen Marsh" in answer.text
    assert 'hx-swap-oob="true"' in answer.text
    assert (await rounds.assessment(id)).reviews[question].verdict is Verdict.ACCEPTED


async def test_without_a_script_one_comes_back_to_the_same_answer(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.submitted()
    helen = await reviewer(rounds)
    question = await a_question(rounds, id, by_hand=False)
    here, post = f"/assessments/{id}", f"/assessments/{id}/answers/{question}"
    page = await helen.opens(f"{here}?show=open")
    done = await helen.browser.post(
        post,
        data={**fields_of(page, post), "verdict": "accepted"},
        headers={"Referer": f"https://risk.example{here}?show=open"},
    )
    assert (done.status_code, done.headers["location"]) == (303, f"{here}?show=open#q-{question}")
    assert f'id="q-{question}"' not in await helen.sees(f"{here}?show=open")


async def test_a_text_gets_a_score_with_a_reason_and_what_is_missing_is_said(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.submitted()
    helen = await reviewer(rounds)
    question = await a_question(rounds, id, by_hand=True)
    post = f"/assessments/{id}/answers/{question}"
    fields = fields_of(await helen.opens(f"/assessments/{id}"), post)
    bare = await helen.browser.post(post, data={**fields, "verdict": "accepted"}, headers=HTMX)
    assert bare.status_code == 422 and "Give a score" in bare.text
    silent = await helen.browser.post(post, data={**fields, "verdict": "accepted", "score": "0.75"})
    assert silent.status_code == 422 and "why it gets this score" in silent.text and "<html" in silent.text
    odd = await helen.browser.post(post, data={**fields, "verdict": "accepted", "score": "0.6", "reason": "r"})
    assert odd.status_code == 422
    good = {"verdict": "accepted", "score": "0.75", "reason": "Named people, no dates"}
    assert (await helen.browser.post(post, data={**fields, **good})).status_code == 303
    kept = (await rounds.assessment(id)).reviews[question]
    assert (kept.score, kept.reason) == (0.75, "Named people, no dates")


async def test_weak_contradicted_and_challenged_need_a_reason(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.submitted()
    helen = await reviewer(rounds)
    question = await a_question(rounds, id, by_hand=False)
    post = f"/assessments/{id}/answers/{question}"
    fields = fields_of(await helen.opens(f"/assessments/{id}"), post)
    for verdict in ("weak", "contradicted", "challenged"):
        refused = await helen.browser.post(post, data={**fields, "verdict": verdict}, headers=HTMX)
        assert refused.status_code == 422 and "Give a reason in words" in refused.text
    await helen.browser.post(post, data={**fields, "verdict": "weak", "reason": "Two years old"}, headers=HTMX)
    assert (await rounds.assessment(id)).reviews[question].verdict is Verdict.WEAK


async def test_all_that_need_no_score_are_accepted_at_once_and_the_rest_is_shown(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.submitted()
    helen = await reviewer(rounds)
    done = await fill_in(helen, f"/assessments/{id}", f"/assessments/{id}/accept-remaining")
    assert done.headers["location"] == f"/assessments/{id}?show=open"
    left = unreviewed(await rounds.assessment(id), library())
    assert left and all(library().get("ddq-ai-model", "1.0.0").by_id[each].scoring.kind == "reviewer" for each in left)
    page = await helen.sees(f"/assessments/{id}?show=open")
    assert page.count('<li id="q-') == len(left)


async def test_a_review_is_closed_when_it_is_complete_and_leads_to_the_council(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.submitted()
    helen = await reviewer(rounds)
    early = await fill_in(helen, f"/assessments/{id}/do/close")
    assert early.status_code == 409 and "have not been reviewed" in early.text
    await rounds.do(AcceptAnswers(assessment_id=id), helen.actor)
    for question in unreviewed(await rounds.assessment(id), library()):
        post = f"/assessments/{id}/answers/{question}"
        judged = {"verdict": "independent", "score": "1", "reason": "Tested by us"}
        await fill_in(helen, f"/assessments/{id}?show=open", post, **judged)
    assert "Close the review" in await helen.sees(f"/assessments/{id}")
    done = await fill_in(helen, f"/assessments/{id}/do/close", summary="Sound.")
    assert done.status_code == 303
    assert (await rounds.assessment(id)).state is AssessmentState.CLOSED
    assert f"/council/new?use={rounds.use_id}" in await helen.sees(f"/assessments/{id}")


async def test_answers_go_back_with_questions_reason_and_a_new_due_date(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.submitted()
    helen = await reviewer(rounds)
    question = await a_question(rounds, id, by_hand=False)
    post = f"/assessments/{id}/answers/{question}"
    await fill_in(helen, f"/assessments/{id}", post, verdict="challenged", reason="Says nothing")
    form = await helen.opens(f"/assessments/{id}/return")
    assert re.search(rf'value="{question}"[^>]* checked', form.text)
    empty = await fill_in(helen, f"/assessments/{id}/return", due_on="2026-02-02")
    assert empty.status_code == 422 and "Choose at least one answer" in empty.text and "what is unclear" in empty.text
    past = await fill_in(helen, f"/assessments/{id}/return", due_on="2020-02-02", reason="r", questions=[question])
    assert past.status_code == 422 and "in the future" in past.text
    done = await fill_in(
        helen, f"/assessments/{id}/return", due_on="2026-02-02", reason="Be exact", questions=[question]
    )
    assert done.status_code == 303
    assert (await rounds.assessment(id)).clarification.questions == (question,)  # type: ignore[union-attr]
    page = await helen.sees(f"/assessments/{id}")
    assert "for clarification" in page and "Be exact" in page


async def test_evidence_is_downloaded_and_never_shown(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.mailed()
    vendor = await rounds.begun(id)
    body = b"%PDF-1.7 card"
    digest = hashlib.sha256(body)
    keep = "INSERT INTO evidence_blobs (sha256, media_type, size, body) VALUES ($1, 'application/pdf', $2, $3)"
    await rounds.pool.execute(keep, digest.digest(), len(body), body)
    attach = AttachEvidence(assessment_id=id, question="ORG-01", filename="card.pdf", media_type="application/pdf",
                            size=len(body), sha256=digest.hexdigest())  # fmt: skip
    await rounds.do(attach, vendor)
    await rounds.fill_in(id)
    await submit(rounds, id, vendor)
    helen = await reviewer(rounds, Role.AUDITOR)
    assert "card.pdf" in await helen.sees(f"/assessments/{id}")
    file = await helen.browser.get(f"/assessments/{id}/evidence/{attach.evidence_id}")
    assert file.content == body and file.headers["content-disposition"].startswith("attachment")


async def submit(rounds: Rounds, id: UUID, vendor: Actor) -> None:
    await rounds.do(SubmitAnswers(assessment_id=id, officer_name="Priya Raman", officer_title="CEO"), vendor)
    await rounds.projector.catch_up()


async def test_a_flag_is_shown_at_its_answer_and_cleared_with_a_reason(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.mailed()
    vendor = await rounds.begun(id)
    questionnaire = library().get("ddq-ai-model", "1.0.0")
    await rounds.fill_in(id)
    answered = (await rounds.assessment(id)).values
    risky = next(
        (each.id, flag.when.value)
        for each in questionnaire.questions
        for flag in each.flags
        if flag.when.op == "eq" and flag.applies_if is None and each.id in answered and isinstance(flag.when.value, str)
    )
    seen = (await rounds.assessment(id)).answers[risky[0]].revision
    await rounds.do(RecordAnswer(assessment_id=id, question=risky[0], value=risky[1], seen=seen), vendor)
    await rounds.fill_in(id)
    await submit(rounds, id, vendor)
    flag = next(each for each in (await rounds.assessment(id)).flags.values() if each.question == risky[0])
    helen = await reviewer(rounds)
    here = f"/assessments/{id}"
    page = await helen.sees(f"{here}?show=flagged")
    assert f'id="q-{risky[0]}"' in page and "Clear this flag" in page
    clear = f"{here}/flags/{flag.key}/clear"
    fields = fields_of(await helen.opens(here), clear)
    silent = await helen.browser.post(clear, data=fields, headers=HTMX)
    assert silent.status_code == 422 and "Say why the flag does not stand" in silent.text
    await helen.browser.post(clear, data={**fields, "reason": "Contract forbids it"}, headers=HTMX)
    assert flag.key not in (await rounds.assessment(id)).flags


async def test_an_auditor_reads_the_answers_and_judges_none(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.submitted()
    question = await a_question(rounds, id, by_hand=False)
    otto = await rounds.enter("Otto Prüfer", Role.AUDITOR)
    page = await otto.opens(f"/assessments/{id}")
    assert "In place, documented" in page.text and 'name="verdict"' not in page.text
    token = page.text.split('name="csrf" value="')[1].split('"')[0]
    forced = await otto.browser.post(
        f"/assessments/{id}/answers/{question}", data={"csrf": token, "verdict": "accepted"}
    )
    assert forced.status_code == 403 and not (await rounds.assessment(id)).reviews
