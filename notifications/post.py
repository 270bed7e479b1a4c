"""The post: hands a letter to the mail server and says what became of it."""

from __future__ import annotations

import asyncio
import ssl
from email.message import EmailMessage

from aiosmtplib import SMTPException, SMTPNotSupported, SMTPResponseException

from notifications.clock import Clock
from notifications.letter import Letter
from notifications.lines import Line, Lines
from notifications.message import compose, sender_mailbox
from notifications.outcome import Later, Outcome, Refused, Sent, Unknown, classify
from notifications.server import MailServer

ANSWERS_AFTER = (SMTPException, OSError, EOFError)


class Passage:
    """How far one letter has come: after `handed_over` a silent server may have sent it."""

    def __init__(self) -> None:
        self.handed_over = False


class Post:
    """A few connections to one mail server, shared by everyone who has a letter to send."""

    def __init__(
        self,
        smtp_url: str,
        sender: str,
        *,
        clock: Clock,
        connections: int = 4,
        deadline: float = 45.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._sender, self._clock, self._deadline = sender_mailbox(sender), clock, deadline
        self._lines = Lines(
            MailServer.at(smtp_url), size=connections, deadline=deadline, hello=self._sender.domain, tls=tls
        )

    @property
    def opened(self) -> int:
        """How many connections were ever opened."""
        return self._lines.opened

    async def send(self, letter: Letter) -> Outcome:
        """Send a letter within the deadline. Never raises for what a server or a network may do."""
        message, passage = compose(letter, self._sender, self._clock.now()), Passage()
        try:
            async with asyncio.timeout(self._deadline):
                return await self._carry(letter, message, passage)
        except TimeoutError:
            late = f"No answer within {self._deadline:g} seconds."
            return Unknown(late) if passage.handed_over else Later(None, late)

    async def close(self) -> None:
        """Hang up; letters under way finish on their own connections."""
        await self._lines.close()

    async def _carry(self, letter: Letter, message: EmailMessage, passage: Passage) -> Outcome:
        """On a line that was used before, once more on a new one if the server had hung up in the meantime."""
        try:
            line = await self._lines.take()
            stale = not line.fresh
            outcome = await self._on(line, letter, message, passage)
            if isinstance(outcome, Later) and outcome.code is None and stale:
                outcome = await self._on(await self._lines.take(new=True), letter, message, passage)
            return outcome
        except ANSWERS_AFTER as failure:
            if isinstance(failure, TimeoutError):
                raise
            return classify(failure, handed_over=passage.handed_over)

    async def _on(self, line: Line, letter: Letter, message: EmailMessage, passage: Passage) -> Outcome:
        try:
            answer = await _transact(line, self._sender.addr_spec, letter.to, message, passage)
        except SMTPNotSupported as unable:
            self._lines.give(line)
            return Refused(553, str(unable))
        except SMTPResponseException as answered:
            self._lines.give(line, open_envelope=True)
            return classify(answered, handed_over=passage.handed_over)
        except BaseException as failure:
            self._lines.drop(line)
            if isinstance(failure, ANSWERS_AFTER):
                return classify(failure, handed_over=passage.handed_over)
            raise
        self._lines.give(line)
        return Sent(answer)


async def _transact(line: Line, sender: str, to: str, message: EmailMessage, passage: Passage) -> str:
    client, unicode = line.client, not to.isascii()
    if client.is_ehlo_or_helo_needed:
        await client.ehlo()
    if unicode and not client.supports_extension("smtputf8"):
        raise SMTPNotSupported("The mail server cannot send to an address with letters beyond ASCII.")
    content = message.as_bytes()
    options = [f"SIZE={len(content)}"] if client.supports_extension("size") else []
    encoding = "utf-8" if unicode else "ascii"
    await client.mail(sender, options=[*options, "SMTPUTF8"] if unicode else options, encoding=encoding)
    await client.rcpt(to, encoding=encoding)
    passage.handed_over = True
    return (await client.data(content)).message
