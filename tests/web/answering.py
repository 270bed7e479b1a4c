"""A vendor's browser without a window: opens the link, enters the code, saves."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import httpx

from tests.web.forms_of import hidden
from tests.web.stage import Stage

CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class Vendor:
    def __init__(self, stage: Stage, assessment_id: UUID, browser: httpx.AsyncClient | None = None) -> None:
        self.stage, self.id = stage, assessment_id
        self.browser = browser or stage.browser()
        self.base = f"/answers/{assessment_id}"
        self.csrf = ""

    async def come_in(self, generation: int = 1) -> Vendor:
        """Link, code, session."""
        link = self.stage.link(self.id, generation)
        page = await self.browser.get(link)
        sent = await self.browser.post(f"{link}/code", data=hidden(page, f"{link}/code"))
        assert sent.status_code == 303, sent.text
        page = await self.browser.get(f"{link}/code")
        code = await self.stage.letters.newest()
        opened = await self.browser.post(f"{link}/open", data={**hidden(page, f"{link}/open"), "code": code})
        assert (opened.status_code, opened.headers["location"]) == (303, self.base), opened.text
        await self.read()
        return self

    async def read(self, path: str = "") -> httpx.Response:
        page = await self.browser.get(self.base + path)
        if found := CSRF.search(page.text):
            self.csrf = found[1]
        return page

    async def post(self, path: str, *, script: bool = False, **fields: Any) -> httpx.Response:
        headers = {"Accept": "application/json"} if script else {}
        return await self.browser.post(self.base + path, data={"csrf": self.csrf, **fields}, headers=headers)

    async def save(self, question: str, *values: str, revision: int = 0, script: bool = True) -> httpx.Response:
        return await self.post(f"/questions/{question}", script=script, revision=revision, value=list(values))

    async def upload(self, question: str, name: str, content: bytes, *, script: bool = True) -> httpx.Response:
        headers = {"Accept": "application/json"} if script else {}
        return await self.browser.post(
            f"{self.base}/questions/{question}/evidence", data={"csrf": self.csrf},
            files={"file": (name, content, "application/octet-stream")}, headers=headers,
        )  # fmt: skip
