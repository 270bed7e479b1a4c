"""Files that suppliers hand in: small, made here, and really of the kind they claim to be."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

LINES_A_PAGE, WIDTH = 46, 88


@dataclass(frozen=True)
class Paper:
    """A file: its name, its kind, its bytes."""

    filename: str
    media_type: str
    body: bytes

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


def pdf(filename: str, title: str, paragraphs: Iterable[str]) -> Paper:
    """A readable PDF of one page or more: Helvetica, no compression, the same bytes for the same text."""
    lines = [line for each in paragraphs for line in (*textwrap.wrap(each, WIDTH), "")]
    pages = [lines[at : at + LINES_A_PAGE] for at in range(0, len(lines), LINES_A_PAGE)] or [[]]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, page in enumerate(pages):
        content = _page(title if n == 0 else f"{title} ({n + 1})", page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return Paper(filename, "application/pdf", _assembled(objects))


def table(filename: str, rows: Sequence[Sequence[object]]) -> Paper:
    """A CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return Paper(filename, "text/csv", text.getvalue().encode())


def structured(filename: str, content: Any) -> Paper:
    """A JSON file."""
    return Paper(filename, "application/json", json.dumps(content, indent=2).encode())


def slug(text: str) -> str:
    """A text as part of a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def _page(title: str, lines: Sequence[str]) -> bytes:
    said = [f"BT /F1 16 Tf 60 780 Td ({_escaped(title)}) Tj /F1 10.5 Tf 0 -30 Td 15 TL"]
    said += [f"({_escaped(line)}) Tj T*" for line in lines]
    return "\n".join([*said, "ET"]).encode("cp1252", "replace")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(objects: Sequence[bytes]) -> bytes:
    body, offsets = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return body + trailer % (size, table, size, len(body))
