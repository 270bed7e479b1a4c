"""A vendor who goes on saving answers, whatever happens to the server."""

from __future__ import annotations

import asyncio

import httpx

from tests.stories.browser import Browser, Page


class Answering:
    """Saves one answer after the other to one question, and knows which were acknowledged.

    What is not acknowledged, since nobody answers, is sent again until it is.
    """

    def __init__(self, browser: Browser, page: Page, question: str) -> None:
        form = page.form(f"/questions/{question}")
        self._client, self._base = browser.client, browser.base_url
        self._path, self._sent = form.action, form.filled()
        self._number = 0
        self.acknowledged: list[tuple[str, int]] = []
        self.interrupted = 0

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._number += 1
            await self._save(f"Answer {self._number}")
            await asyncio.sleep(0.01)

    async def _save(self, value: str) -> None:
        while True:
            try:
                answer = await self._client.post(
                    self._path,
                    data={**self._sent, "value": value},
                    headers={"Origin": self._base, "Accept": "application/json"},
                )
            except httpx.TransportError:
                await self._interrupted()
                continue
            if answer.status_code == 409:  # it was recorded, and we were not told
                self._sent["revision"] = str(answer.json()["theirs"]["revision"])
                continue
            if answer.status_code == 200:
                revision = answer.json()["revision"]
                self.acknowledged.append((value, revision))
                self._sent["revision"] = str(revision)
                return
            assert answer.status_code == 503, f"{answer.status_code}: {answer.text[:500]}"
            await self._interrupted()

    async def _interrupted(self) -> None:
        self.interrupted += 1
        await asyncio.sleep(0.1)
