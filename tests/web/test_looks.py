"""In a real browser: no accessibility violation, nothing against the policy, nothing wider than a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.web.preview import MOCKS, launch, show

AXE = (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text()
RULES = "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (1440, True), (390, False)], ids=["light", "dark", "phone"])
@pytest.mark.parametrize("name", MOCKS)
def test_a_page_is_accessible(browser: Browser, name: str, width: int, dark: bool) -> None:
    page = show(browser, name, width=width, dark=dark)
    page.evaluate(AXE)
    found = page.evaluate(RULES)["violations"]
    page.close()
    assert [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize("name", MOCKS)
def test_a_page_fits_a_phone_and_breaks_no_policy(browser: Browser, name: str) -> None:
    page = show(browser, name, width=390)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    complaints = [message.text for message in page.console_messages() if message.type in ("error", "warning")]
    page.close()
    assert overflow <= 0
    assert complaints == []
