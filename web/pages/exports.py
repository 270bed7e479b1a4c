"""Lists as CSV: streamed row by row, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date, datetime

from starlette.responses import StreamingResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell beginning with one of these would be computed by a spreadsheet."""
BOM = "\ufeff"
"""So that a spreadsheet reads it as UTF-8."""


def csv_response(name: str, heads: Sequence[str], rows: AsyncIterator[Iterable[object]]) -> StreamingResponse:
    """A file to save, written while it is read."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(_lines(heads, rows), media_type="text/csv; charset=utf-8", headers=headers)


async def _lines(heads: Sequence[str], rows: AsyncIterator[Iterable[object]]) -> AsyncIterator[str]:
    yield BOM + line(heads)
    async for row in rows:
        yield line(row)


def line(cells: Iterable[object]) -> str:
    """One row as text."""
    out = io.StringIO()
    csv.writer(out).writerow([cell(each) for each in cells])
    return out.getvalue()


def cell(value: object) -> str:
    """A value as it stands in a file; text that looks like a formula is marked as text."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.1f}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
