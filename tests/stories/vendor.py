"""A vendor's contact at the mailed link, and the mails they read."""

from __future__ import annotations

import asyncio
import re
from email.message import EmailMessage
from urllib.parse import urlsplit

import httpx

from sink import SmtpSink
from tests.stories.browser import Browser, Page

LINK = re.compile(r"https?://\S+/answer/[\w.~-]+")
CODE = re.compile(r"\b\d{6}\b")
CODE_MAIL = "code"


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(mail: EmailMessage) -> str:
    """The path the mail leads to."""
    found = LINK.search(text_of(mail))
    assert found, text_of(mail)
    return urlsplit(found[0]).path


def code_in(mail: EmailMessage) -> str:
    found = CODE.search(text_of(mail))
    assert found, text_of(mail)
    return found[0]


async def mailed(sink: SmtpSink, to: str, words: str, *, known: int = 0, within: float = 30) -> EmailMessage:
    """The newest mail with these words in its subject, when there are more of them than `known`."""
    deadline = asyncio.get_running_loop().time() + within
    while len(found := [mail for mail in sink.to(to) if words in str(mail["Subject"])]) <= known:
        here = [str(mail["Subject"]) for mail in sink.to(to)]
        assert asyncio.get_running_loop().time() < deadline, f"{to} got no mail {words!r} in {within} s, but {here}"
        await asyncio.sleep(0.02)
    return found[-1]


async def open_questions(browser: Browser, sink: SmtpSink, to: str, link: str) -> Page:
    """Ask for the code, read its mail, enter it."""
    known = len([mail for mail in sink.to(to) if CODE_MAIL in str(mail["Subject"])])
    page = await browser.send(await browser.open(link), "/code")
    code = code_in(await mailed(sink, to, CODE_MAIL, known=known))
    return await browser.send(page, "/open", code=code)


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
                self.interrupted += 1
                await asyncio.sleep(0.05)
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
            await asyncio.sleep(0.05)
