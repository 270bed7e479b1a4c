"""The mailbox keeps every mail before it says so, and shows it without trusting it."""

from __future__ import annotations

import os
import smtplib
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from cli.embedded.mailbox import MailServer
from cli.embedded.mailbox_pages import mailbox_app
from cli.embedded.maildrop import Maildrop


@pytest.fixture
def drop(tmp_path: Path) -> Maildrop:
    return Maildrop(tmp_path / "mail drop")


@pytest.fixture
async def server(drop: Maildrop) -> AsyncIterator[MailServer]:
    server = MailServer(drop)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def browser(drop: Maildrop) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=mailbox_app(drop))
    async with httpx.AsyncClient(transport=transport, base_url="http://mailbox") as client:
        yield client


def invitation(to: str = "ann@vendor.example", subject: str = "Questions for Ann") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Risk <risk@us.example>", to, subject
    mail.set_content("Please answer at https://us.example/answer/abc today.")
    mail.add_alternative('<p>Please <a href="https://us.example/answer/abc">answer</a></p><script>1</script>', "html")
    return mail


async def send(server: MailServer, mail: EmailMessage) -> None:
    import asyncio

    def deliver() -> None:
        with smtplib.SMTP("127.0.0.1", int(server.url.rsplit(":", 1)[1]), timeout=5) as client:
            client.send_message(mail)

    await asyncio.to_thread(deliver)


async def test_a_mail_is_forced_to_disk_before_it_is_acknowledged(
    server: MailServer, drop: Maildrop, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    real, handled = os.fsync, server.handle_DATA
    monkeypatch.setattr(os, "fsync", lambda descriptor: (order.append("synced"), real(descriptor))[1])

    async def noticed(*details: object) -> str:
        reply = await handled(*details)  # type: ignore[arg-type]
        order.append(reply[:3])
        return reply

    monkeypatch.setattr(server, "handle_DATA", noticed)
    await send(server, invitation())
    assert order == ["synced", "synced", "250"]  # the file, then the folder that names it
    assert len(list(drop.folder.glob("*.eml"))) == 1


async def test_a_full_disk_puts_the_mail_off_instead_of_losing_it(
    server: MailServer, drop: Maildrop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(drop, "keep", full)
    with pytest.raises(smtplib.SMTPDataError, match="No space left"):
        await send(server, invitation())


async def test_a_new_start_still_shows_the_mails_of_the_one_before(drop: Maildrop) -> None:
    drop.keep(bytes(invitation()), sender="risk@us.example", recipients=["ann@vendor.example"])
    (drop.folder / "cut-off.part").write_bytes(b"half a mail")
    (entry,) = Maildrop(drop.folder).entries()
    assert (entry.to, entry.subject) == ("ann@vendor.example", "Questions for Ann")
    assert not list(drop.folder.glob("*.part"))


async def test_the_list_finds_mails_by_recipient(server: MailServer, browser: httpx.AsyncClient) -> None:
    assert "No mail was sent yet" in (await browser.get("/")).text
    await send(server, invitation())
    await send(server, invitation("bob@other.example", "<b>For Bob</b>"))
    page = (await browser.get("/", params={"to": "BOB@"})).text
    assert "&lt;b&gt;For Bob" in page
    assert "Questions for Ann" not in page


async def test_a_letter_is_shown_sandboxed_and_its_links_can_be_followed(
    server: MailServer, drop: Maildrop, browser: httpx.AsyncClient
) -> None:
    await send(server, invitation())
    (entry,) = drop.entries()
    page = await browser.get(f"/{entry.id}")
    html = await browser.get(f"/{entry.id}/html")
    text = await browser.get(f"/{entry.id}?as=text")
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    assert "script-src" not in html.headers["content-security-policy"]
    assert html.headers["content-security-policy"].startswith("default-src 'none'")
    assert 'href="https://us.example/answer/abc"' in html.text
    assert 'href="https://us.example/answer/abc"' in text.text


@pytest.mark.parametrize("path", ["/nothing", "/..%2f..%2fsecret", "/0000000000000000000-00000000/html"])
async def test_what_is_not_there_is_not_found(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.get(path)).status_code == 404
