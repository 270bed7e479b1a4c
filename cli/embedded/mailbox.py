"""A mail server that delivers nothing: it takes every mail and lays it into the mail drop."""

from __future__ import annotations

import asyncio

from aiosmtpd.smtp import SMTP, Envelope, Session

from cli.embedded.maildrop import Maildrop


class MailServer:
    """SMTP on a loopback port. A mail is answered with 250 only when it is safely on disk."""

    def __init__(self, drop: Maildrop) -> None:
        self._drop = drop
        self._server: asyncio.Server | None = None

    async def start(self, port: int = 0) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: self._session(loop), "127.0.0.1", port)

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"smtp://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        if self._server:
            self._server.close()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        recipients = [str(address) for address in envelope.rcpt_tos]
        try:
            id = await asyncio.to_thread(
                self._drop.keep, content, sender=envelope.mail_from or "", recipients=recipients
            )
        except OSError as failure:
            return f"451 4.3.0 Could not be stored: {failure.strerror}"
        return f"250 2.0.0 Kept as {id}"

    def _session(self, loop: asyncio.AbstractEventLoop) -> SMTP:
        return SMTP(self, hostname="tierce", ident="Tierce mailbox", enable_SMTPUTF8=True, loop=loop)
