"""The vendor's answers save by themselves: at once, again after trouble, and after the browser was closed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tests.web.preview import launch, show

THEIRS = {"value": "no", "text": "No, never", "by": "Tom Okafor", "at": "10:40", "revision": 9}
TAKEN = (409, {"error": "A colleague answered this.", "theirs": THEIRS})


def acknowledged(**more: Any) -> tuple[int, dict[str, Any]]:
    return 200, {"saved_at": "10:42", "revision": 4, "progress": {"answered": 32, "asked": 46}, **more}


class Server:
    """Stands in for the server: gives the prepared answers in order, the last one again and again."""

    def __init__(self, page: Page, answers: Sequence[tuple[int, dict[str, Any]]]) -> None:
        self.answers = list(answers)
        self.received: list[dict[str, list[str]]] = []
        page.route("**/a/*", self.answer)

    def answer(self, route: Route) -> None:
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        self.received.append(parse_qs(route.request.post_data or ""))
        if status == 0:
            route.abort()
        else:
            route.fulfill(status=status, body=json.dumps(body), content_type="application/json")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = show(browser, "section.html")
    yield opened
    opened.close()


def state(page: Page, question: str) -> Any:
    return page.locator(f"[data-question={question}] [data-save-state]")


def test_a_choice_is_saved_with_its_revision_and_acknowledged_beside_it_and_above(page: Page) -> None:
    server = Server(page, [acknowledged()])
    page.get_by_label("Yes, by default").check()
    expect(state(page, "TRD-01")).to_have_text("Saved 10:42")
    assert server.received == [{"csrf": ["token"], "revision": ["3"], "value": ["yes"]}]
    expect(page.locator("[data-saved]")).to_have_text("Saved 10:42")
    expect(page.locator("[data-progress=text]")).to_have_text("32 of 46")


def test_several_choices_go_together(page: Page) -> None:
    server = Server(page, [acknowledged()])
    page.get_by_label("Public web crawl").check()
    expect(state(page, "TRD-03")).to_have_text("Saved 10:42")
    assert server.received[-1]["value"] == ["news", "web", "synthetic"]


def test_typing_is_saved_once_after_a_pause(page: Page) -> None:
    server = Server(page, [acknowledged()])
    page.get_by_label("Where is that agreement recorded?").press_sequentially(" and 5", delay=20)
    expect(state(page, "TRD-02")).to_have_text("Saved 10:42")
    assert len(server.received) == 1


def test_a_question_that_the_answer_calls_for_appears_and_is_announced(page: Page) -> None:
    Server(page, [acknowledged(asked=["TRD-01", "TRD-03", "TRD-04", "TRD-05", "TRD-06"])])
    page.get_by_label("Yes, by default").check()
    expect(page.locator("#q-TRD-05")).to_be_visible()
    expect(page.locator("#q-TRD-02")).to_be_hidden()
    expect(page.locator("[data-added]")).to_have_text("1 more question because of this answer")


def test_a_lost_connection_is_said_and_the_answer_goes_out_again(page: Page) -> None:
    server = Server(page, [(0, {}), acknowledged()])
    page.get_by_label("Yes, by default").check()
    expect(state(page, "TRD-01")).to_have_text("Not saved – trying again")
    expect(state(page, "TRD-01")).to_have_text("Saved 10:42", timeout=6000)
    assert [each["value"] for each in server.received] == [["yes"], ["yes"]]


def test_an_answer_typed_before_the_laptop_closed_is_there_again_and_is_sent(page: Page) -> None:
    Server(page, [(503, {})])
    page.get_by_label("Where is that agreement recorded?").fill("Clause 12")
    page.get_by_label("Where is that agreement recorded?").blur()
    expect(state(page, "TRD-02")).to_have_text("Not saved – trying again")
    server = Server(page, [acknowledged()])
    page.reload()
    expect(page.get_by_label("Where is that agreement recorded?")).to_have_value("Clause 12")
    expect(state(page, "TRD-02")).to_have_text("Saved 10:42")
    assert server.received[-1] == {"csrf": ["token"], "revision": ["1"], "value": ["Clause 12"]}
    assert page.evaluate("localStorage.length") == 0


def test_two_people_see_both_versions_and_nothing_is_overwritten_unasked(page: Page) -> None:
    server = Server(page, [TAKEN, acknowledged()])
    page.get_by_label("Yes, by default").check()
    expect(page.get_by_text("Tom Okafor answered this at 10:40")).to_be_visible()
    page.get_by_label("Yes, by default").blur()
    assert len(server.received) == 1
    page.get_by_role("button", name="Keep mine").click()
    expect(state(page, "TRD-01")).to_have_text("Saved 10:42")
    assert server.received[-1] == {"csrf": ["token"], "revision": ["9"], "value": ["yes"]}


def test_the_colleagues_version_can_be_taken(page: Page) -> None:
    server = Server(page, [TAKEN])
    page.get_by_label("Yes, by default").check()
    page.get_by_role("button", name="Use theirs").click()
    expect(page.get_by_label("No, never")).to_be_checked()
    assert len(server.received) == 1
    assert page.evaluate("localStorage.length") == 0


def test_a_refused_answer_says_why_and_is_not_sent_again_until_it_changes(page: Page) -> None:
    server = Server(page, [(422, {"error": "Give a number."}), acknowledged()])
    page.get_by_label("Where is that agreement recorded?").fill("x")
    page.get_by_label("Where is that agreement recorded?").blur()
    expect(state(page, "TRD-02")).to_have_text("Give a number.")
    page.get_by_label("Where is that agreement recorded?").focus()
    page.get_by_label("Where is that agreement recorded?").blur()
    assert len(server.received) == 1
    page.get_by_label("Where is that agreement recorded?").fill("y")
    expect(state(page, "TRD-02")).to_have_text("Saved 10:42")


def test_an_answer_given_after_the_session_ended_stays_in_the_browser(page: Page) -> None:
    Server(page, [(401, {})])
    page.get_by_label("Yes, by default").check()
    expect(state(page, "TRD-01")).to_contain_text("the answer is kept here")
    assert page.evaluate("localStorage.length") == 1


def test_evidence_goes_out_when_it_is_chosen_and_the_list_shows_it(page: Page) -> None:
    listed = "<ul data-files><li>policy.pdf</li></ul>"
    page.route("**/e", lambda route: route.fulfill(status=201, json={"html": listed}))
    page.get_by_label("Add evidence").set_input_files(
        [{"name": "policy.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}]
    )
    expect(page.locator("#files-TRD-03")).to_have_text("policy.pdf")


def test_a_file_that_is_refused_is_named_with_the_reason(page: Page) -> None:
    page.route("**/e", lambda route: route.fulfill(status=413, json={"error": "That file is over 25 MB."}))
    page.get_by_label("Add evidence").set_input_files(
        [{"name": "big.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}]
    )
    expect(page.get_by_text("That file is over 25 MB.")).to_be_visible()


def test_without_a_script_every_question_has_its_save_button(browser: Browser) -> None:
    page = show(browser, "section.html", script=False)
    assert page.get_by_role("button", name="Save this answer").count() == 4
    page.close()
