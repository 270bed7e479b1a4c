"""The mailed link shows what it is about, changes nothing when looked at, and opens with a code."""

from __future__ import annotations

from suppliers.assessment import AssessmentState
from suppliers.diligence import ChangeContact, RenewLink, RevokeLink, WithdrawAssessment
from suppliers.onboarding import ContactDetails, NameContact
from suppliers.person import Person
from tests.web.answering import Vendor
from tests.web.forms_of import hidden
from tests.web.stage import Stage


async def test_looking_at_the_link_changes_nothing(stage: Stage) -> None:
    link = stage.link(await stage.sent())
    before = await stage.rows()
    for method in ("GET", "HEAD", "GET"):
        for path in ("", "/code"):
            answer = await stage.browser().request(method, link + path)
            assert answer.status_code == 200
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cache-control"] == "no-store"
            assert (answer.text == "") == (method == "HEAD")
    assert await stage.rows() == before and not stage.letters.codes


async def test_the_link_tells_who_asks_for_what_until_when(stage: Stage) -> None:
    page = (await stage.browser().get(stage.link(await stage.sent()))).text
    for said in (
        "Meridian Bank",
        "News corpus",
        "Sorting incoming invoices",
        "Dana Whitfield",
        "p•••@northwind.example",
    ):
        assert said in page
    assert "priya@" not in page and "questions" in page


async def test_the_code_opens_the_questions_and_the_start_is_on_the_record(stage: Stage) -> None:
    id = await stage.sent()
    vendor = await Vendor(stage, id).come_in()
    assessment = await stage.assessment(id)
    assert assessment.state is AssessmentState.BEGUN
    assert (await stage.office.load(Person, assessment.contact)).verified
    assert "Priya Raman" in (await vendor.read()).text
    back = await vendor.browser.get(stage.link(id))
    assert (back.status_code, back.headers["location"]) == (303, vendor.base)


async def test_a_code_of_one_assessment_does_not_open_another(stage: Stage) -> None:
    one, other = await stage.sent(), await stage.sent(supplier="Alder Voice")
    browser, link, wrong = stage.browser(), stage.link(one), stage.link(other)
    page = await browser.get(link)
    await browser.post(f"{link}/code", data=hidden(page, f"{link}/code"))
    entry = {**hidden(page, f"{link}/code"), "code": await stage.letters.newest()}
    assert (await browser.post(f"{wrong}/open", data=entry)).status_code == 422
    assert (await browser.post(f"{link}/open", data=entry)).status_code == 303
    assert (await browser.post(f"{link}/open", data=entry)).status_code == 422


async def test_a_forged_form_mails_nothing(stage: Stage) -> None:
    link = stage.link(await stage.sent())
    browser = stage.browser()
    page = await browser.get(link)
    foreign = {"Origin": "https://evil.example"}
    assert (await browser.post(f"{link}/code", data=hidden(page), headers=foreign)).status_code == 403
    assert (await browser.post(f"{link}/code", data={"csrf": "guess"})).status_code == 403
    assert (await stage.browser().post(f"{link}/code", data=hidden(page))).status_code == 403
    assert not stage.letters.codes and await stage.pool.fetchval("SELECT count(*) FROM vendor_codes") == 0


async def test_a_link_nobody_made_is_not_found_and_guessing_is_limited(stage: Stage) -> None:
    token = stage.link(await stage.sent())
    browser = stage.browser()
    assert (await browser.get(token[:-4] + "AAAA")).status_code == 404
    assert {(await browser.get(f"/answer/guess{n}")).status_code for n in range(70)} == {404, 429}
    assert (await browser.get(token)).status_code == 200


async def test_an_older_link_says_that_there_is_a_newer_one(stage: Stage) -> None:
    id = await stage.sent()
    vendor = await Vendor(stage, id).come_in()
    await stage.do(RenewLink(assessment_id=id))
    page = await stage.browser().get(stage.link(id))
    assert page.status_code == 410 and "newer link" in page.text and "Dana Whitfield" in page.text
    assert (await stage.browser().get(stage.link(id, 2))).status_code == 200
    assert (await vendor.read()).status_code == 200


async def test_revoked_expired_and_withdrawn_links_say_so_and_end_the_session(stage: Stage) -> None:
    revoked, withdrawn, late = await stage.sent(), await stage.sent(), await stage.sent()
    sessions = [await Vendor(stage, id).come_in() for id in (revoked, withdrawn)]
    await stage.do(RevokeLink(assessment_id=revoked, reason="wrong address"))
    await stage.do(WithdrawAssessment(assessment_id=withdrawn, reason="not needed"))
    for id, vendor, said in zip((revoked, withdrawn), sessions, ("switched off", "no longer needs"), strict=True):
        for page in (await stage.browser().get(stage.link(id)), await vendor.read(), await vendor.save("SRC-01", "x")):
            assert page.status_code == 410 and said in page.text
    stage.pass_time(days=120)
    page = await stage.browser().get(stage.link(late))
    assert page.status_code == 410 and "expired" in page.text


async def test_a_former_contact_is_out(stage: Stage) -> None:
    id = await stage.sent()
    vendor = await Vendor(stage, id).come_in()
    supplier = (await stage.assessment(id)).supplier_id
    named = await stage.do(
        NameContact(supplier_id=supplier, contact=ContactDetails(name="Tom Okafor", email="tom@northwind.example"))
    )
    await stage.do(ChangeContact(assessment_id=id, contact=named.contact_id))
    assert (await vendor.read()).status_code == 401
    assert "t•••@northwind.example" in (await stage.browser().get(stage.link(id, 2))).text
