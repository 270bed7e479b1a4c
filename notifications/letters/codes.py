"""One-time codes: short letters, never kept and never sent late."""

from __future__ import annotations

from notifications.letter import Envelope, Letter
from notifications.stationery import render


def vendor_code(envelope: Envelope, *, about: str, code: str, minutes: int) -> Letter:
    """The code that opens one questionnaire for the person it was sent to."""
    return render("vendor_code", envelope, fleeting=True, about=about, code=code, minutes=minutes)


def sign_in_code(envelope: Envelope, *, code: str, minutes: int, asked_from: str = "") -> Letter:
    """The code that signs in a member of staff; `asked_from` names the browser or place the request came from."""
    return render("sign_in_code", envelope, fleeting=True, code=code, minutes=minutes, asked_from=asked_from)
