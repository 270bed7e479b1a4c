"""Every mail as a file of its own: on disk before it is acknowledged, and readable with any mail program."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from pathlib import Path

NAME = re.compile(r"\d{19}-[0-9a-f]{8}")
HEADERS = 16_384  # bytes: more than the headers of any mail we send


@dataclass(frozen=True)
class Entry:
    """A mail as the list shows it."""

    id: str
    at: datetime
    to: str
    sender: str
    subject: str


class Maildrop:
    """The mails in `folder`, known by the time they came."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for cut_off in folder.glob("*.part"):
            cut_off.unlink()
        self._entries: dict[str, Entry] | None = None

    def keep(self, content: bytes, *, sender: str, recipients: list[str]) -> str:
        """Write the mail durably and return its id. The envelope stays readable in the two headers for it."""
        name = f"{time.time_ns():019}-{secrets.token_hex(4)}"
        head = f"Return-Path: <{sender}>\r\n" + "".join(f"Delivered-To: {address}\r\n" for address in recipients)
        part = self.folder / f"{name}.part"
        with part.open("wb") as file:
            file.write(head.encode() + content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(self.folder / f"{name}.eml")
        self._sync_folder()
        if self._entries is not None:
            self._entries[name] = self._entry(name)
        return name

    def entries(self, recipient: str = "") -> list[Entry]:
        """Newest first, those to `recipient` (or a part of an address) alone."""
        if self._entries is None:
            self._entries = {path.stem: self._entry(path.stem) for path in sorted(self.folder.glob("*.eml"))}
        there = {path.stem for path in self.folder.glob("*.eml")}  # another process may have deleted some
        self._entries = {id: entry for id, entry in self._entries.items() if id in there}
        wanted = recipient.strip().casefold()
        found = (entry for entry in self._entries.values() if wanted in entry.to.casefold())
        return sorted(found, key=lambda entry: entry.id, reverse=True)

    def naming(self, mentions: Callable[[str], bool]) -> list[Path]:
        """Mails that say something in their envelope, headers or text."""
        return [path for path in sorted(self.folder.glob("*.eml")) if mentions(_said(path))]

    def forget(self, mentions: Callable[[str], bool]) -> None:
        """Delete those mails for good."""
        for path in self.naming(mentions):
            path.unlink(missing_ok=True)
            if self._entries is not None:
                self._entries.pop(path.stem, None)
        self._sync_folder()

    def read(self, id: str) -> EmailMessage | None:
        content = self.raw(id)
        return None if content is None else message_from_bytes(content, policy=policy.default)

    def raw(self, id: str) -> bytes | None:
        path = self.folder / f"{id}.eml"
        return path.read_bytes() if NAME.fullmatch(id) and path.exists() else None

    def _entry(self, id: str) -> Entry:
        with (self.folder / f"{id}.eml").open("rb") as file:
            mail = BytesHeaderParser(policy=policy.default).parsebytes(file.read(HEADERS))
        return Entry(
            id=id,
            at=datetime.fromtimestamp(int(id[:19]) / 1e9, UTC),
            to=", ".join(mail.get_all("Delivered-To", [])),
            sender=str(mail.get("From", "")),
            subject=str(mail.get("Subject", "")) or "(no subject)",
        )

    def _sync_folder(self) -> None:
        """The new name must survive a crash too."""
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _said(path: Path) -> str:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    headers = [f"{name}: {value}" for name, value in mail.items()]
    texts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*headers, *texts])
