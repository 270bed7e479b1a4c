"""Cells that a spreadsheet would run, made harmless on the way out and as they were on the way in."""

from __future__ import annotations

RISKY = tuple("=+-@\t\r\n＝＋－＠")


def guarded(cell: str) -> str:
    """An apostrophe before what a spreadsheet may take for a formula."""
    return f"'{cell}" if cell.startswith(RISKY) or cell.lstrip().startswith(RISKY) else cell


def unguarded(cell: str) -> str:
    """Without the apostrophe that was put there."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) != cell[1:] else cell
