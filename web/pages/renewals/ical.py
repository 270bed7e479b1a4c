"""A calendar file (RFC 5545) of whole days: small enough to write ourselves, and no more than we need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MOST = 75
"""Octets of a line; longer ones go on in the next, which begins with a space."""


@dataclass(frozen=True)
class Day:
    """Something on a day."""

    uid: str
    on: date
    summary: str
    description: str
    url: str


def calendar(name: str, days: Iterable[Day], *, now: datetime) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tierce//Renewals//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for day in days:
        lines += _event(day, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def escaped(text: str) -> str:
    """A text value: backslash, comma, semicolon and line ends are written with a backslash."""
    plain = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return "\\n".join(plain.splitlines())


def folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets; no character is cut in two."""
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > MOST:
            yield piece
            piece, size = " ", 1
        piece += character
        size += width
    yield piece


def _event(day: Day, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(day.uid)}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(day.summary)}",
        f"DESCRIPTION:{escaped(day.description)}",
        f"URL:{day.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
