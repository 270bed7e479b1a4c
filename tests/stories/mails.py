"""What is in the mails, and the doors that a code from a mail opens."""

from __future__ import annotations

import asyncio
import re
from email.message import EmailMessage
from urllib.parse import urlsplit

from sink import SmtpSink
from tests.stories.browser import Browser, Page

LINK = re.compile(r"https?://\S+/answer/[\w.~-]+")
CODE = re.compile(r"\b\d{6}\b")
VENDOR_CODE, STAFF_CODE = "is your code", "signs you in"
"""Words that the subjects of mails with codes have."""


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
    """Ask for the code at the mailed link, read its mail, enter it."""
    known = _count(sink, to, VENDOR_CODE)
    page = await browser.send(await browser.open(link), "/code")
    code = code_in(await mailed(sink, to, VENDOR_CODE, known=known))
    return await browser.send(page, "/open", code=code)


async def sign_in(browser: Browser, sink: SmtpSink, email: str) -> Page:
    """As a member of staff does it."""
    known = _count(sink, email, STAFF_CODE)
    page = await browser.send(await browser.open("/sign-in"), "/sign-in", email=email)
    code = code_in(await mailed(sink, email, STAFF_CODE, known=known))
    return await browser.send(page, "/sign-in/code", code=code)


def _count(sink: SmtpSink, to: str, words: str) -> int:
    return len([mail for mail in sink.to(to) if words in str(mail["Subject"])])
