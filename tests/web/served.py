"""The application behind a real server, and Chromium in front of it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.browser import chromium_path
from tests.web import axe

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def free_port() -> socket.socket:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    return listener


class Quiet(uvicorn.Server):
    def install_signal_handlers(self) -> None: ...


@asynccontextmanager
async def served(app: FastAPI, listener: socket.socket) -> AsyncIterator[None]:
    """Until the block ends."""
    server = Quiet(uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=1))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:  # noqa: ASYNC110  uvicorn offers nothing to wait for
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await running


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        path = chromium_path()
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        await browser.close()


async def window(browser: Browser, base_url: str, *, size: Any = DESKTOP, script: bool = True) -> BrowserContext:
    """A fresh profile; what the pages complain about in the console is an error."""
    context = await browser.new_context(viewport=size, java_script_enabled=script, base_url=base_url)
    context.set_default_timeout(8000)
    return context


async def faults(page: Page) -> list[str]:
    """What axe finds by WCAG 2.2 AA and best practice; colours, its costliest rule, in a wide window only."""
    if await page.evaluate(axe.MISSING):
        await page.evaluate(axe.SCRIPT)
    wide = page.viewport_size is None or page.viewport_size["width"] > PHONE["width"]
    found: list[str] = await page.evaluate(axe.FAULTS, wide)
    return found


async def too_wide(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    width: int = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


async def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus, always visible, is on the control of this name."""
    naming = "e => [e.labels?.[0]?.innerText ?? '', e.innerText, e.value ?? ''].join(' ')"
    for _ in range(60):
        await page.keyboard.press("Tab")
        focus = page.locator(":focus")
        if await focus.count() and name in await focus.evaluate(naming):
            return
    raise AssertionError(f"no way to {name} by keyboard")
