"""What may stand in a mail header: one line, and an address that is an address."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import Any

LOCAL = re.compile(r"[^\s<>()\[\],;:\\\"@\x00-\x1f\x7f]{1,64}")
LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
LONGEST_ADDRESS = 254
LONGEST_SUBJECT = 180
LONGEST_NAME = 100
LONGEST_PASSAGE = 4000


class BadAddress(ValueError):
    """This is not an e-mail address we can write to."""


class BadLink(ValueError):
    """A letter may only link to a complete http or https address."""


def one_line(text: str, limit: int = LONGEST_SUBJECT) -> str:
    """Printable characters on one line: no line break, control or text-direction mark gets into a header."""
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    words = "".join(c for c in visible if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn")).split()
    line = " ".join(words)
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def person_name(text: str) -> str:
    """A name as it may stand before an address: nothing in it can close the quotes or start another address."""
    return one_line(re.sub(r'[<>"\\@,;:()\[\]]', " ", text), LONGEST_NAME)


def plain(value: Any) -> Any:
    """Every text in a value as one line, so that a name cannot start a paragraph of its own in the text part."""
    if isinstance(value, str):
        return one_line(value, LONGEST_PASSAGE)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: plain(getattr(value, each.name)) for each in fields(value)})
    if isinstance(value, (list, tuple)):
        return tuple(plain(each) for each in value)
    return value


def mail_address(text: str) -> str:
    """The address with its domain as it goes over the wire; refuses what could be more than one address."""
    local, at, domain = text.strip(" ").rpartition("@")
    wire = _domain(domain)
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    if not at or not wire or dots or not LOCAL.fullmatch(local) or len(local) + len(wire) >= LONGEST_ADDRESS:
        raise BadAddress(one_line(text, 80))
    if local != one_line(local):
        raise BadAddress(one_line(text, 80))
    return f"{local}@{wire}"


def web_link(text: str) -> str:
    """A link a person may be sent to follow."""
    if not re.fullmatch(r"https?://[^\s<>\"'\\\x00-\x20\x7f]+", text):
        raise BadLink(one_line(text, 80))
    return text


def _domain(domain: str) -> str:
    try:
        wire = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return wire if all(LABEL.fullmatch(label) for label in wire.split(".")) else ""
