"""Open connections to the mail server, kept and used again."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from dataclasses import dataclass, field

from aiosmtplib import SMTP, SMTPException

from notifications.server import MailServer

IDLE_SECONDS = 60.0
"""Servers hang up on silence, some after a minute or two."""
LETTERS_PER_LINE = 100
"""Some servers hang up after so many letters."""
RESET_SECONDS = 5.0


@dataclass(slots=True)
class Line:
    """One connection, and what it has carried."""

    client: SMTP
    letters: int = 0
    open_envelope: bool = False
    """The server said no halfway: it has to be told to forget before the next letter."""
    last_used: float = field(default_factory=time.monotonic)

    @property
    def fresh(self) -> bool:
        return self.letters == 0

    async def usable(self) -> bool:
        """Whether it may carry the next letter."""
        quiet = time.monotonic() - self.last_used
        if not self.client.is_connected or self.letters >= LETTERS_PER_LINE or quiet > IDLE_SECONDS:
            return False
        if self.open_envelope:
            with contextlib.suppress(SMTPException, OSError):
                await self.client.rset(timeout=RESET_SECONDS)
                self.open_envelope = False
        return not self.open_envelope


class Lines:
    """At most `size` connections at once; the one used last is taken first, so that the others may end."""

    def __init__(
        self, server: MailServer, *, size: int, deadline: float, hello: str, tls: ssl.SSLContext | None
    ) -> None:
        self._server, self._deadline, self._hello, self._tls = server, deadline, hello, tls
        self._places = asyncio.Semaphore(size)
        self._idle: list[Line] = []
        self.opened = 0

    async def take(self, *, new: bool = False) -> Line:
        """A connection ready to use; give it back with `give` or `drop`. `new` = do not use one again."""
        await self._places.acquire()
        try:
            while self._idle:
                line = self._idle.pop()
                if not new and await line.usable():
                    return line
                await _hang_up(line)
            return await self._open()
        except BaseException:
            self._places.release()
            raise

    def give(self, line: Line, *, open_envelope: bool = False) -> None:
        """Put a connection back for the next letter."""
        line.letters += 1
        line.open_envelope = open_envelope
        line.last_used = time.monotonic()
        self._idle.append(line)
        self._places.release()

    def drop(self, line: Line) -> None:
        """End a connection of which we do not know what state it is in."""
        line.client.close()
        self._places.release()

    async def close(self) -> None:
        """Say goodbye on every idle connection."""
        idle, self._idle = self._idle, []
        await asyncio.gather(*(_hang_up(line) for line in idle))

    async def _open(self) -> Line:
        server = self._server
        client = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            local_hostname=self._hello,
            timeout=self._deadline,
            use_tls=server.scheme == "smtps",
            start_tls=server.scheme == "smtp+starttls",
            tls_context=self._tls,
        )
        await client.connect()
        self.opened += 1
        return Line(client)


async def _hang_up(line: Line) -> None:
    with contextlib.suppress(Exception):
        await asyncio.wait_for(line.client.quit(), 1.0)
    line.client.close()
