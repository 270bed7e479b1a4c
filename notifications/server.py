"""Where letters are posted: an SMTP address as one URL."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class BadServer(ValueError):
    """The SMTP address has to look like smtp+starttls://user:password@mail.example.com:587."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server, how the connection to it is protected, and who we are there."""

    scheme: str
    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def at(cls, url: str) -> MailServer:
        """Read smtp://, smtps:// or smtp+starttls://; a password never goes over a network in the clear."""
        parts = urlsplit(url)
        try:
            host, port = parts.hostname, parts.port
        except ValueError as wrong:
            raise BadServer(f"{BadServer.__doc__} The port is not a number.") from wrong
        if parts.scheme not in PORTS or not host:
            raise BadServer(BadServer.__doc__)
        if parts.scheme == "smtp" and parts.username and host not in LOOPBACK:
            raise BadServer("A user name and password need smtps:// or smtp+starttls://, so that nobody can read them.")
        user = unquote(parts.username) if parts.username else None
        password = unquote(parts.password) if parts.password else None
        return cls(parts.scheme, host, port or PORTS[parts.scheme], user, password)
