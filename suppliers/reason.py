"""Reasons: what is decided by a person says why, on the record."""

from __future__ import annotations

from suppliers.errors import ReasonMissing


def said(reason: str) -> str:
    """A reason somebody really gave, trimmed; an empty one is refused."""
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()
