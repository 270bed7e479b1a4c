"""The key that signs tree heads: made at the first start, kept where the database's administrators cannot read it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from cli.settings import Misconfigured, Settings
from events.tree.notes import NoKey, PrivateKey, PublicKey, new_key, private_key, public_key


def signing_key(settings: Settings) -> PrivateKey | None:
    """The key, made if there is none yet; None when none is wanted."""
    file = settings.signing_key
    if file is None:
        return None
    if not file.exists():
        _make(file, urlsplit(settings.base_url).hostname or "tierce")
    try:
        return private_key(file.read_text(encoding="utf-8"))
    except (NoKey, OSError) as wrong:
        raise Misconfigured([f"TIERCE_SIGNING_KEY names {file}, which cannot be used: {wrong}."]) from None


def public_keys(file: Path) -> list[PublicKey]:
    """One a line."""
    try:
        return [public_key(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except NoKey as wrong:
        raise Misconfigured([f"{file} holds no public key: {wrong}."]) from None


def _make(file: Path, host: str) -> None:
    """The name says which log it is, so it must not be the name of another's."""
    key = new_key(f"{host}/tierce-{secrets.token_hex(4)}")
    file.parent.mkdir(parents=True, exist_ok=True)
    _write(file, str(key), 0o600)
    _write(file.with_suffix(".pub"), str(key.public), 0o644)


def _write(file: Path, content: str, mode: int) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as open_file:
        open_file.write(f"{content}\n")
        open_file.flush()
        os.fsync(descriptor)
