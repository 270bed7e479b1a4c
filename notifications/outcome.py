"""What became of a letter, told by the server's answer or by the lack of one."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import datetime

from aiosmtplib import SMTPAuthenticationError, SMTPConnectResponseError, SMTPHeloError, SMTPResponseException

SIGN_IN_FIRST = {530, 534, 535, 538}
"""5xx answers that are about us and not about the letter: with the password mended it would go."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The server took it over."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """The server will never take it (5xx)."""

    code: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not taken this time, and certainly not sent. `misconfigured` = it stays so until someone changes a setting."""

    code: int | None
    text: str
    misconfigured: bool = False
    at: datetime | None = None
    """When the ledger will have it tried again."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Handed over, but the line broke before the answer: it may have been sent. A person decides."""

    text: str


Outcome = Sent | Refused | Later | Unknown


def classify(error: Exception, *, handed_over: bool) -> Outcome:
    """Read a failure; `handed_over` = the letter's content had begun to go over the wire."""
    tls = _cause(error, ssl.SSLError)
    if isinstance(tls, ssl.SSLCertVerificationError):
        return Later(None, _misconfigured(f"its certificate is not accepted: {tls.verify_message}"), misconfigured=True)
    if isinstance(tls, ssl.SSLError) and tls.reason == "WRONG_VERSION_NUMBER":
        return Later(
            None, _misconfigured("it does not speak TLS at this port; try smtp+starttls://"), misconfigured=True
        )
    if isinstance(error, SMTPResponseException):
        return _by_code(error, handed_over)
    if handed_over:
        return Unknown(f"The connection ended before the server answered: {_said(error)}")
    unable = any(word in str(error) for word in ("STARTTLS", "AUTH", "authentication method"))
    return Later(None, _misconfigured(_said(error)) if unable else _said(error), misconfigured=unable)


def _by_code(error: SMTPResponseException, handed_over: bool) -> Outcome:
    code, text = error.code, error.message
    if isinstance(error, SMTPAuthenticationError) or code in SIGN_IN_FIRST:
        return Later(code, _misconfigured(f"user name or password not accepted: {text}"), misconfigured=True)
    if isinstance(error, (SMTPConnectResponseError, SMTPHeloError)):
        return Later(code, text)
    if 500 <= code <= 599:
        return Refused(code, text)
    if 400 <= code <= 499 or not handed_over:
        return Later(code, text)
    return Unknown(f"The server's answer could not be read: {code} {text}")


def _misconfigured(what: str) -> str:
    return f"MAIL SERVER SETTINGS ARE WRONG, NO LETTER GOES OUT: {what}"


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__


def _cause(error: BaseException | None, kind: type[BaseException]) -> BaseException | None:
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error
