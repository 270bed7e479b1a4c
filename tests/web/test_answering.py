"""What a vendor answers is recorded before it is acknowledged, and nothing that was typed is lost."""

from __future__ import annotations

from datetime import timedelta

from suppliers.assessment import AssessmentState
from suppliers.diligence import ReturnAssessment
from tests.web.answering import Vendor
from tests.web.forms_of import hidden
from tests.web.stage import Stage


async def test_a_saved_answer_is_on_the_log_with_its_revision_and_progress(stage: Stage) -> None:
    id = await stage.sent()
    vendor = await Vendor(stage, id).come_in()
    saved = await vendor.save("SRC-01", "News articles of ten publishers")
    assert saved.status_code == 200, saved.text
    body = saved.json()
    assert body["revision"] == 1 and body["progress"]["answered"] == 1 and "SRC-02" in body["asked"]
    assert body["sections"]["SRC"][0] == 1 and ":" in body["saved_at"]
    assert (await stage.assessment(id)).answers["SRC-01"].value == "News articles of ten publishers"


async def test_the_same_save_again_is_acknowledged_and_recorded_once(stage: Stage) -> None:
    vendor = await Vendor(stage, await stage.sent()).come_in()
    await vendor.save("SRC-01", "ten publishers")
    events = await stage.events()
    again = await vendor.save("SRC-01", "ten publishers")
    assert (again.status_code, again.json()["revision"], await stage.events()) == (200, 1, events)


async def test_an_emptied_answer_is_taken_back(stage: Stage) -> None:
    id = await stage.sent()
    vendor = await Vendor(stage, id).come_in()
    await vendor.save("SRC-01", "ten publishers")
    emptied = await vendor.save("SRC-01", revision=1)
    assert emptied.json()["revision"] == 2 and (await stage.assessment(id)).values == {}


async def test_a_colleagues_answer_is_shown_instead_of_overwritten(stage: Stage) -> None:
    id = await stage.sent()
    one, two = await Vendor(stage, id).come_in(), await Vendor(stage, id).come_in()
    await one.save("SRC-01", "ten publishers")
    refused = await two.save("SRC-01", "twelve publishers")
    assert refused.status_code == 409
    theirs = refused.json()["theirs"]
    assert (theirs["text"], theirs["by"], theirs["revision"]) == ("ten publishers", "Priya Raman", 1)
    page = await two.save("SRC-01", "twelve publishers", script=False)
    assert page.status_code == 409 and "ten publishers" in page.text and "twelve publishers" in page.text
    assert (await two.save("SRC-01", "twelve publishers", revision=1)).status_code == 200


async def test_an_answer_that_does_not_fit_is_explained_at_its_question(stage: Stage) -> None:
    vendor = await Vendor(stage, await stage.sent()).come_in()
    wrong = await vendor.save("SRC-02", "never-offered")
    assert wrong.status_code == 422 and "not one of the answers" in wrong.json()["error"]
    page = await vendor.save("SRC-01", "bell\x07", script=False)
    assert page.status_code == 422 and "cannot be stored" in page.text and 'href="#q-SRC-01"' in page.text
    assert (await vendor.save("NOPE-1", "x")).status_code == 404


async def test_without_a_script_a_save_leads_back_to_the_question(stage: Stage) -> None:
    vendor = await Vendor(stage, await stage.sent()).come_in()
    saved = await vendor.save("SRC-01", "ten publishers", script=False)
    assert (saved.status_code, saved.headers["location"]) == (303, f"{vendor.base}/sections/SRC#q-SRC-01")


async def test_a_comment_stays_when_the_answer_changes(stage: Stage) -> None:
    id = await stage.sent()
    vendor = await Vendor(stage, id).come_in()
    early = await vendor.post("/questions/SRC-01/note", note="ask Tom", revision=0)
    assert early.status_code == 422 and "ask Tom" not in str((await stage.assessment(id)).answers)
    await vendor.save("SRC-01", "ten publishers")
    assert (await vendor.post("/questions/SRC-01/note", note="ask Tom", revision=1)).status_code == 303
    await vendor.save("SRC-01", "twelve publishers", revision=2)
    assert (await stage.assessment(id)).answers["SRC-01"].note == "ask Tom"


async def test_all_questions_are_there_before_the_first_answer(stage: Stage) -> None:
    vendor = await Vendor(stage, await stage.sent()).come_in()
    page = (await vendor.read("/all")).text
    assert page.count('class="question"') >= 25 and "Only if your answer to" in page
    assert "read by the" in page and "EU AI Act, " in page


async def test_submitting_needs_every_answer_a_name_and_a_confirmation(stage: Stage) -> None:
    id = await stage.sent()
    vendor = await Vendor(stage, id).come_in()
    check = await vendor.read("/check")
    assert 'href="/answers/' in check.text and "Submit the answers" not in check.text
    officer = {"officer_name": "Priya Raman", "officer_title": "CEO", "confirm": "yes"}
    early = await vendor.post("/submit", **officer)
    assert early.status_code == 422 and "Still open" in early.text
    await stage.fill_in(id)
    page = await vendor.read("/check")
    form = hidden(page, f"{vendor.base}/submit")
    incomplete = await vendor.browser.post(f"{vendor.base}/submit", data={**form, "officer_name": "Priya Raman"})
    assert incomplete.status_code == 422 and "Confirm the statement" in incomplete.text
    assert 'value="Priya Raman"' in incomplete.text
    stale = await vendor.browser.post(f"{vendor.base}/submit", data={**form, **officer, "version": "3"})
    assert stale.status_code == 409 and "changed after you opened" in stale.text
    events = await stage.events()
    done = [await vendor.browser.post(f"{vendor.base}/submit", data={**form, **officer}) for _ in "12"]
    assert [each.headers["location"] for each in done] == [f"{vendor.base}/receipt"] * 2
    topics = await stage.pool.fetch("SELECT topic FROM event_log OFFSET $1", events)
    assert [row["topic"] for row in topics].count("Assessment.Submitted") == 1


async def test_after_submission_everything_is_read_only_and_the_receipt_shows_it(stage: Stage) -> None:
    id = await stage.sent()
    vendor = await Vendor(stage, id).come_in()
    await stage.fill_in(id)
    form = hidden(await vendor.read("/check"), f"{vendor.base}/submit")
    officer = {"officer_name": "Priya Raman", "officer_title": "Chief executive", "confirm": "yes"}
    await vendor.browser.post(f"{vendor.base}/submit", data={**form, **officer})
    assessment = await stage.assessment(id)
    assert assessment.submission is not None
    receipt = (await vendor.read("/receipt")).text
    for said in (assessment.submission.answers_sha256, "Chief executive", "card.pdf", "0" * 64, "true and complete"):
        assert said in receipt
    assert "data-save-url" not in (await vendor.read("/sections/SRC")).text
    events = await stage.events()
    assert (await vendor.save("SRC-01", "late", revision=1)).status_code == 409
    assert (await vendor.upload("SRC-01", "a.txt", b"late")).status_code == 409
    assert (await vendor.post("/time", until="2027-01-01", reason="x")).status_code == 409
    assert await stage.events() == events


async def test_returned_answers_say_why_and_which_and_are_opened_again_by_a_person(stage: Stage) -> None:
    id = await stage.sent()
    vendor = await Vendor(stage, id).come_in()
    await stage.fill_in(id)
    form = hidden(await vendor.read("/check"), f"{vendor.base}/submit")
    officer = {"officer_name": "Priya Raman", "officer_title": "CEO", "confirm": "yes"}
    await vendor.browser.post(f"{vendor.base}/submit", data={**form, **officer})
    due = stage.clock.now().date() + timedelta(days=14)
    await stage.do(
        ReturnAssessment(assessment_id=id, reason="Which contract is meant?", questions=("SRC-01",), due_on=due)
    )
    page = (await vendor.read()).text
    stage.pass_time(minutes=5)
    assert "Which contract is meant?" in page and "#q-SRC-01" in page
    stale = await vendor.save("SRC-01", "The one of 2024", revision=1)
    assert stale.status_code == 409 and "came back" in stale.json()["error"]
    assert (await vendor.post("/begin")).status_code == 303
    assert (await stage.assessment(id)).state is AssessmentState.BEGUN
    assert "Please look at this again" in (await vendor.read("/sections/SRC")).text
    assert (await vendor.save("SRC-01", "The one of 2024", revision=1)).status_code == 200
    assert "Please look at this again" not in (await vendor.read("/sections/SRC")).text


async def test_more_time_can_be_asked_for(stage: Stage) -> None:
    id = await stage.sent()
    vendor = await Vendor(stage, id).come_in()
    due = (await stage.assessment(id)).due_on
    early = await vendor.post("/time", until=due.isoformat(), reason="holidays")
    assert early.status_code == 422 and "holidays" in early.text
    later = (due + timedelta(days=7)).isoformat()
    assert (await vendor.post("/time", until=later, reason="holidays")).status_code == 303
    page = (await vendor.read()).text
    assert "passed on" in page and "not decided yet" in page


async def test_closing_the_browser_session_needs_a_new_code(stage: Stage) -> None:
    vendor = await Vendor(stage, await stage.sent()).come_in()
    assert (await vendor.post("/leave")).status_code == 200
    assert (await vendor.read()).status_code == 401
