"""Which kinds of file are taken, told by what is in them and not by what they are called."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

OPEN_XML = "application/vnd.openxmlformats-officedocument"
HEAD = 4096
TEXT_BLOCK = 1 << 16
LARGEST_JSON = 20_000_000


@dataclass(frozen=True, slots=True)
class Kind:
    """`fits` looks at the file from its start."""

    media_type: str
    fits: Callable[[BinaryIO], bool]


def kind_of(file: BinaryIO, extension: str) -> Kind | None:
    """The kind the name claims, when the content is of that kind; blocking, for a thread."""
    kind = KINDS.get(extension)
    if kind is None:
        return None
    file.seek(0)
    fits = kind.fits(file)
    file.seek(0)
    return kind if fits else None


def _begins(*signatures: bytes) -> Callable[[BinaryIO], bool]:
    return lambda file: file.read(HEAD).startswith(signatures)


def _is_pdf(file: BinaryIO) -> bool:
    return b"%PDF-" in file.read(1024)


def _holds(part: str) -> Callable[[BinaryIO], bool]:
    """A zip with this part; one that brings macros along is not taken."""

    def fits(file: BinaryIO) -> bool:
        try:
            names = zipfile.ZipFile(file).namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return False
        return part in names and not any(name.lower().endswith("vbaproject.bin") for name in names)

    return fits


def _is_open_document(file: BinaryIO) -> bool:
    return b"mimetypeapplication/vnd.oasis.opendocument." in file.read(HEAD)


def _is_text(file: BinaryIO) -> bool:
    """No byte that no text file has; the encoding may be an old one, as spreadsheets write it."""
    control = bytes(each for each in range(32) if each not in b"\t\n\r\f\x1b")
    first = True
    while block := file.read(TEXT_BLOCK):
        if first and block.startswith((b"\xff\xfe", b"\xfe\xff")):
            return True
        if block.translate(None, control) != block:
            return False
        first = False
    return True


def _is_json(file: BinaryIO) -> bool:
    content = file.read(LARGEST_JSON + 1)
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return len(content) <= LARGEST_JSON


KINDS: Mapping[str, Kind] = {
    "pdf": Kind("application/pdf", _is_pdf),
    "docx": Kind(f"{OPEN_XML}.wordprocessingml.document", _holds("word/document.xml")),
    "xlsx": Kind(f"{OPEN_XML}.spreadsheetml.sheet", _holds("xl/workbook.xml")),
    "pptx": Kind(f"{OPEN_XML}.presentationml.presentation", _holds("ppt/presentation.xml")),
    "odt": Kind("application/vnd.oasis.opendocument.text", _is_open_document),
    "ods": Kind("application/vnd.oasis.opendocument.spreadsheet", _is_open_document),
    "csv": Kind("text/csv", _is_text),
    "txt": Kind("text/plain", _is_text),
    "md": Kind("text/markdown", _is_text),
    "json": Kind("application/json", _is_json),
    "png": Kind("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": Kind("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": Kind("image/jpeg", _begins(b"\xff\xd8\xff")),
}
"""Extension -> kind. No archives: what is inside could not be read by whoever reviews it."""
