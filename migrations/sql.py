"""Revisions are plain SQL files beside their Python names."""

from __future__ import annotations

from pathlib import Path

from alembic import op
from sqlalchemy import text


def execute_beside(revision_file: str) -> None:
    """Run the SQL file of the same name; its colons are casts and slices, not parameters."""
    script = Path(revision_file).with_suffix(".sql").read_text(encoding="utf-8")
    op.execute(text(script.replace(":", r"\:")))
