"""A mail server that takes its time: whoever is killed meanwhile does not learn that the mail was taken."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable

from aiosmtpd.smtp import SMTP, Envelope, Session

from sink import SmtpSink


class SlowSink(SmtpSink):
    """Half of the time passes before a mail is taken, half before that is said."""

    def __init__(self, seconds: float) -> None:
        self._half = seconds / 2
        self._changed = threading.Event()
        self.taken: list[tuple[str, str]] = []
        """Recipient and subject of every mail, read once."""
        super().__init__()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self._half)
        reply = await super().handle_DATA(server, session, envelope)
        self.taken.append((envelope.rcpt_tos[0], str(self.messages[-1]["Subject"])))
        self._changed.set()
        await asyncio.sleep(self._half)
        return reply

    def copies(self, subject: str = "") -> Counter[str]:
        """How often each recipient got a mail with these words in its subject."""
        return Counter(recipient for recipient, about in list(self.taken) if subject in about)

    async def until(self, there: Callable[[], bool], within: float) -> bool:
        """Whether it came true in time; looked at whenever a mail was taken."""
        deadline = asyncio.get_running_loop().time() + within
        while not there():
            if asyncio.get_running_loop().time() > deadline:
                return False
            self._changed.clear()
            await asyncio.to_thread(self._changed.wait, 0.05)
        return True
