"""Bytes to text: UTF-8, what Excel calls Unicode, or Windows-1252 with a notice."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from cli.importing.problems import Problem

MOST_BYTES = 20 * 1024 * 1024
WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

TOO_LARGE = f"The file is larger than {MOST_BYTES // 1024**2} MB: split it."
NO_TEXT = "This is an Excel workbook, not a CSV file: save it as “CSV UTF-8 (comma delimited)”."
NOTICE = "The file is not UTF-8 and was read as Windows-1252: look at the accented letters, or save it as UTF-8."
UNREADABLE = "This is text neither in UTF-8 nor in Windows-1252: save the file as UTF-8."


class Decoded(NamedTuple):
    """The text, empty when a problem stops."""

    text: str
    problems: tuple[Problem, ...] = ()


def decode(content: bytes) -> Decoded:
    if len(content) > MOST_BYTES:
        return _refused(0, TOO_LARGE)
    if content.startswith(WORKBOOK):
        return _refused(0, NO_TEXT)
    encoding = "utf-16" if content.startswith(UTF_16) else "utf-8-sig"
    try:
        return Decoded(content.decode(encoding))
    except UnicodeDecodeError as wrong:
        return _old(content) if encoding == "utf-8-sig" else _refused(0, f"{UNREADABLE} ({wrong.reason})")


def _old(content: bytes) -> Decoded:
    try:
        return Decoded(content.decode("cp1252"), (Problem(0, "", "", NOTICE, "warning"),))
    except UnicodeDecodeError as wrong:
        return _refused(content.count(b"\n", 0, wrong.start) + 1, UNREADABLE)


def _refused(line: int, sentence: str) -> Decoded:
    return Decoded("", (Problem(line, "", "", sentence),))
