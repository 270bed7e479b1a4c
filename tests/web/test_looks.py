"""In a real browser: no accessibility violation, nothing against the policy, nothing wider than a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.web import axe
from tests.web.preview import MOCKS, launch, show


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


def faults(page: Page) -> list[str]:
    if page.evaluate(axe.MISSING):
        page.evaluate(axe.SCRIPT)
    found: list[str] = page.evaluate(axe.FAULTS, True)
    return found


def test_what_is_wrong_with_a_page_is_seen(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<main><img src='data:,'><p style='color: #ccc; background: #ddd'>Hardly read</p></main>")
    named = " ".join(faults(page))
    page.close()
    for rule in ("image-alt", "color-contrast", "html-has-lang", "page-has-heading-one"):
        assert rule in named


@pytest.mark.parametrize("name", MOCKS)
def test_a_page_is_accessible_light_and_dark_and_fits_a_phone(browser: Browser, name: str) -> None:
    page = show(browser, name)
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 390, "height": 900})
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    complaints = [message.text for message in page.console_messages() if message.type in ("error", "warning")]
    assert (faults(page), overflow <= 0, complaints) == ([], True, [])
    page.close()
