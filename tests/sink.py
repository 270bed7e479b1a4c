"""A real SMTP server on loopback that keeps every mail and can be told to refuse, to put off or to hang up."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


class SmtpSink:
    """Runs in a thread of its own, so that it also serves tests that block."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.connections = 0
        self._at_recipient: dict[str, str] = {}
        self._at_data: deque[str] = deque()
        self._always: str | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(5)
        self._server = server
        self.port: int = server.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def answer(self, *replies: str) -> None:
        """Give these replies to the next DATA, one each: "250 OK" accepts, "drop" keeps the mail but hangs up."""
        self._at_data.extend(replies)

    def always_answer(self, reply: str | None) -> None:
        """Give this reply to every DATA from now on; None accepts again."""
        self._always = reply

    def refuse(self, address: str, reply: str = "550 5.1.1 No such user") -> None:
        """Refuse (5xx) or put off (4xx) this recipient."""
        self._at_recipient[address] = reply

    def accept(self, address: str) -> None:
        self._at_recipient.pop(address, None)

    def to(self, address: str) -> list[EmailMessage]:
        """The mails that were accepted for this recipient, oldest first."""
        pairs = list(zip(self.envelopes, self.messages, strict=True))
        return [message for envelope, message in pairs if address in envelope.rcpt_tos]

    async def arrived(self, count: int = 1, *, timeout: float = 5.0) -> list[EmailMessage]:
        """Wait until that many mails are here."""
        deadline = time.monotonic() + timeout
        while len(self.messages) < count:
            assert time.monotonic() < deadline, f"{len(self.messages)} of {count} mails arrived in {timeout} s"
            await asyncio.sleep(0.01)
        return self.messages

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    async def _listen(self) -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(self._session, "127.0.0.1", 0)

    def _session(self) -> SMTP:
        self.connections += 1
        return SMTP(self, enable_SMTPUTF8=True, hostname="sink", loop=self._loop)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if address in self._at_recipient:
            return self._at_recipient[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        reply = self._at_data.popleft() if self._at_data else self._always or "250 OK"
        if reply == "drop" or reply.startswith("2"):
            self.messages.append(message_from_bytes(envelope.original_content or b"", policy=policy.default))
            self.envelopes.append(envelope)
        if reply == "drop" and server.transport is not None:
            server.transport.abort()
        return reply
