"""A supplier is asked in two steps, and a person sees the mail before anything leaves us."""

from __future__ import annotations

from suppliers.assessment import AssessmentState
from suppliers.ports import Role
from suppliers.supplier import Supplier
from tests.web.pages.house import PROHIBITED
from tests.web.pages.rounds import Rounds, fields_of, fill_in


async def test_opening_and_sending_takes_two_forms(rounds: Rounds) -> None:
    dana = await rounds.begin()
    new = f"/suppliers/{rounds.supplier_id}/assessments/new?use={rounds.use_id}"
    page = await dana.opens(new)
    assert "priya@northwind.example" in page.text and 'value="2026-01-26"' in page.text  # 21 days for tier 2
    contact = page.text.split("priya@northwind.example")[0].rsplit('value="', 1)[1].split('"')[0]
    opened = await fill_in(dana, new, contact=contact, due_on="2026-02-20")
    send = opened.headers["location"]
    mail = await dana.opens(send)
    assert "Meridian Bank asks about Extract 2" in mail.text and "To priya@northwind.example" in mail.text
    sent = await fill_in(dana, send, send, message="Nice to meet you")
    assert (sent.status_code, sent.headers["location"]) == (303, send.removesuffix("/send"))
    page_after = await dana.sees(send.removesuffix("/send"))
    assert "on its way" in page_after
    assert "already sent" in await dana.sees(send)


async def test_the_mail_is_shut_into_a_frame_that_only_our_page_may_show(rounds: Rounds) -> None:
    dana = await rounds.begin()
    id = await rounds.opened()
    page = await dana.sees(f"/assessments/{id}/send")
    assert "<iframe" in page and 'sandbox src="' in page
    letter = await dana.browser.get(f"/assessments/{id}/send/letter?message=<script>alert(1)</script>")
    policy = letter.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "frame-ancestors 'self'" in policy
    assert letter.headers["x-frame-options"] == "SAMEORIGIN"
    assert "<script>" not in letter.text


async def test_own_words_are_shown_in_the_mail_before_it_is_sent_and_nothing_is_kept(rounds: Rounds) -> None:
    dana = await rounds.begin()
    send = f"/assessments/{await rounds.opened()}/send"
    before = await rounds.events()
    page = await dana.opens(send)
    shown = await dana.browser.post(f"{send}/preview", data={**fields_of(page, send), "message": "Hello Priya"})
    assert shown.status_code == 200 and "Meridian Bank asks.\nHello Priya" in shown.text
    assert "message=Hello+Priya" in shown.text
    part = await dana.browser.post(
        f"{send}/preview", data={**fields_of(page, send), "message": "Hi"}, headers={"HX-Request": "true"}
    )
    assert "<html" not in part.text and "message=Hi" in part.text
    assert await rounds.events() == before


async def test_a_supplier_that_is_only_proposed_is_not_asked_and_the_way_is_shown(rounds: Rounds) -> None:
    dana = await rounds.begin(owner=False)
    page = await dana.sees(f"/suppliers/{rounds.supplier_id}/assessments/new?use={rounds.use_id}")
    assert "only proposed" in page and f"/suppliers/{rounds.supplier_id}/do/start" in page
    assert "Nobody is named there" in page and f"/suppliers/{rounds.supplier_id}/do/contact" in page
    assert 'name="due_on"' not in page


async def test_a_prohibited_use_is_not_asked_about(rounds: Rounds) -> None:
    dana = await rounds.begin()
    banned = await rounds.use(rounds.supplier_id, by=dana.actor, title="Scoring citizens", classed=PROHIBITED)
    page = await dana.sees(f"/suppliers/{rounds.supplier_id}/assessments/new?use={banned}")
    assert "prohibited practice" in page and 'name="due_on"' not in page


async def test_a_use_that_is_being_asked_about_leads_to_that_assessment(rounds: Rounds) -> None:
    dana = await rounds.begin()
    id = await rounds.mailed()
    page = await dana.sees(f"/suppliers/{rounds.supplier_id}/assessments/new?use={rounds.use_id}")
    assert "being asked about this use already" in page and f"/assessments/{id}" in page


async def test_of_several_uses_one_is_chosen_first(rounds: Rounds) -> None:
    dana = await rounds.begin()
    other = await rounds.use(rounds.supplier_id, by=dana.actor, title="Translating policies")
    page = await dana.sees(f"/suppliers/{rounds.supplier_id}/assessments/new")
    assert f"?use={other}" in page and "What are the questions about?" in page


async def test_what_is_wrong_with_the_first_form_is_said_beside_the_field(rounds: Rounds) -> None:
    dana = await rounds.begin()
    new = f"/suppliers/{rounds.supplier_id}/assessments/new?use={rounds.use_id}"
    wrong = await fill_in(dana, new, contact="nobody", due_on="soon")
    assert wrong.status_code == 422 and "Choose who answers" in wrong.text and "Give a day" in wrong.text
    contact = str((await rounds.office.load(Supplier, rounds.supplier_id)).contact)
    late = await fill_in(dana, new, contact=contact, due_on="2020-01-01")
    assert late.status_code == 422 and "Choose a day in the future" in late.text


async def test_sending_twice_sends_once_and_a_stale_form_changes_nothing(rounds: Rounds) -> None:
    dana = await rounds.begin()
    id = await rounds.opened()
    send = f"/assessments/{id}/send"
    page = await dana.opens(send)
    data = fields_of(page, send)
    assert (await dana.browser.post(send, data=data)).status_code == 303
    assert (await rounds.assessment(id)).link == 1
    again = await dana.browser.post(send, data=data)
    assert again.status_code == 409 and "already sent" in again.text
    assert (await rounds.assessment(id)).link == 1
    assert (await rounds.assessment(id)).state is AssessmentState.SENDING


async def test_a_council_seat_does_not_send_questionnaires(rounds: Rounds) -> None:
    await rounds.begin()
    id = await rounds.opened()
    helen = await rounds.enter("Helen Marsh", Role.LEGAL)
    await helen.sees(f"/assessments/{id}/send", status=403)
    await helen.sees(f"/suppliers/{rounds.supplier_id}/assessments/new", status=403)
