"""Renders the gallery and the mock pages with invented values, and shows them in Chromium under the real policy."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader
from playwright.sync_api import Browser, Page, Playwright, Route, sync_playwright

from projections.log_change import LogChange
from tests.browser import chromium_path
from web.assets import ROOT
from web.frame import Flash, Frame, VendorFrame, Viewer
from web.rendering import Pages
from web.standstill import Standstill

HERE = Path(__file__).parent
ORIGIN = "http://tierce.test"
POLICY = "default-src 'self'; style-src 'self'; script-src 'self'"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}

STAFF = Frame(
    company="Meridian Bank",
    csrf="token",
    now=NOW,
    demo=True,
    viewer=Viewer(name="Helen Marsh", roles=("legal", "risk_manager"), email="helen@meridian.example"),
    flashes=(Flash(text="Your vote is recorded."),),
)
STILL = replace(
    STAFF,
    viewer=Viewer(name="Tom Okafor", roles=("administrator",), email="tom@meridian.example"),
    log_changes=(
        LogChange(
            4_711,
            "changed",
            "Changed: event 4711 (Assessment.AnswerRecorded, stream 6c1f8f0e-93f4-4b7e-9a0e-2f6f5d3f1c11, version 12) "
            "is not as it was when it was sealed.",
            NOW - timedelta(minutes=7),
        ),
    ),
    standstills=(
        Standstill(views=("posture", "renewals"), since=NOW - timedelta(minutes=19), event=1_234),
        Standstill(views=("docket",), late=15, building=True),
        Standstill(views=("register",), late=42),
    ),
)
VENDOR = VendorFrame(
    company="Meridian Bank",
    csrf="token",
    now=NOW,
    supplier="Northwind Cognition",
    person="Priya Raman",
    saved_at=NOW,
    answered=31,
    asked=46,
)
GONE = {
    "status": 404,
    "title": "There is nothing at this address",
    "sentence": "The address may be mistyped, or what was here is not for your role.",
    "what_to_do": "Look for the supplier by name.",
    "href": "/suppliers",
    "link": "See all suppliers",
    "reference": "01JD2-77F1",
}
MOCKS: Mapping[str, Mapping[str, Any]] = {
    "_gallery.html": {"frame": STAFF},
    "supplier.html": {"frame": STAFF},
    "suppliers.html": {"frame": STAFF},
    "council.html": {"frame": STAFF},
    "section.html": {"frame": VENDOR},
    "signin.html": {"frame": Frame(company="Meridian Bank", csrf="token", now=NOW)},
    "error.html": {"frame": STILL, "error": GONE},
    "vendor/error.html": {"frame": VendorFrame(company="Meridian Bank", csrf="t", now=NOW), "error": GONE},
}


@cache
def pages() -> Pages:
    """The real environment, which also finds the mock pages."""
    made = Pages()
    made.environment.loader = ChoiceLoader([made.environment.loader, FileSystemLoader(HERE / "mocks")])  # type: ignore[list-item]
    made.environment.globals["timedelta"] = timedelta
    return made


def rendered(name: str) -> str:
    return pages().page(name, **MOCKS[name])


def answer(route: Route) -> None:
    """Serves what the pages ask for, without a server."""
    path = route.request.url.removeprefix(ORIGIN).split("?")[0]
    if path.startswith("/static/"):
        file = ROOT / path.removeprefix("/static/")
        route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
    else:
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(body=rendered(path.removeprefix("/mock/")), headers=headers)


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])


def show(browser: Browser, name: str, *, width: int = 1440, dark: bool = False, script: bool = True) -> Page:
    """The mock page in a browser window of this width."""
    page = browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
    )
    page.route("**/*", answer)
    page.goto(f"{ORIGIN}/mock/{name}")
    if script:
        page.evaluate("document.fonts.ready")
    return page


def main(folder: Path, names: list[str]) -> None:
    """Pictures of every mock page, wide and narrow, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name in names or MOCKS:
            for width, dark in ((1440, False), (1440, True), (390, False), (390, True)):
                page = show(browser, name, width=width, dark=dark)
                picture = f"{name.replace('/', '_').removesuffix('.html')}-{width}{'-dark' if dark else ''}.png"
                page.screenshot(path=folder / picture, full_page=True)
                page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
