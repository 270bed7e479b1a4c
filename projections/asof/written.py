"""Rows folded in memory as a part of a query, beside rows that lie in a table."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from projections.view import Column, View

COLLATED = ' COLLATE "C"'


def written(view: View[Any], rows: Sequence[tuple[str, Any]]) -> str:
    """A selection of these rows, with what days have of the view; empty when there are none."""
    if not rows:
        return ""
    values = [
        {"key": key, **{each.name: _plain(each.value(row)) for each in view.day_columns}, **_row(view, row)}
        for key, row in rows
    ]
    given = b64encode(json.dumps(values).encode()).decode()  # neither quotes nor braces that a query would mind
    types = ", ".join(f"{each.name} {each.given_as or each.type}" for each in view.day_columns)
    made = ", ".join(_made(each) for each in view.day_columns)
    return (
        f"SELECT g.key, {made}, g.row FROM jsonb_to_recordset(convert_from(decode('{given}', 'base64'), 'UTF8')::jsonb)"
        f" AS g(key text, {types}, row {view.kept_as})"
    )


def _made(column: Column) -> str:
    value = f"({column.sql.format(f'g.{column.name}')})"
    return value + COLLATED if COLLATED in column.type else value


def _row(view: View[Any], row: Any) -> dict[str, Any]:
    return {} if view.by_day == "columns" else {"row": row.model_dump(mode="json")}


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value
