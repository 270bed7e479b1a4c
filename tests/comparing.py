"""A table held against the rows it should have, column by column, by the database's own idea of a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from projections.view import Column

MANY = 5
"""So many differences are told of one table, and how many more there are."""


async def differences(
    pool: asyncpg.Pool,
    table: str,
    leading: Mapping[str, tuple[str, list[Any]]],
    columns: Sequence[Column],
    rows: Sequence[Any],
    *,
    rows_kept: bool,
) -> list[str]:
    """`leading` columns, by name: their type and values; the first two, when there are two, are the key."""
    values = [*(given for _, given in leading.values()), *([each.value(row) for row in rows] for each in columns)]
    texts = [row.model_dump_json() if rows_kept else None for row in rows]
    found = await pool.fetch(_statement(table, leading, columns), *values, texts, timeout=120)
    told = [f"{table} {row['key']}: {row['wrong']}" for row in found[:MANY]]
    return [*told, f"{table}: {len(found) - MANY} more"] if len(found) > MANY else told


def _statement(table: str, leading: Mapping[str, tuple[str, Any]], columns: Sequence[Column]) -> str:
    names = [*leading, *(each.name for each in columns), "row"]
    types = [*(f"{each}[]" for each, _ in leading.values()), *(each.array for each in columns), "text[]"]
    made = [
        *(f"given.{name}" for name in leading),
        *(each.sql.format(f"given.{each.name}") for each in columns),
        "given.row::jsonb",
    ]
    expected = ", ".join(f"{each} AS {name}" for each, name in zip(made, names, strict=True))
    given = ", ".join(f"${number}::{each}" for number, each in enumerate(types, 1))
    differing = ", ".join(f"CASE WHEN {_text('e', name)} IS DISTINCT FROM {_text('k', name)} THEN '{name}' END"
                          for name in names)  # fmt: skip
    key = [name for name in leading if name in ("key", "day")]
    named = " || ' of ' || ".join(f"coalesce(e.{name}, k.{name})::text" for name in key)
    return f"""
WITH e AS (SELECT {expected} FROM unnest({given}) AS given({", ".join(names)})),
     k AS (SELECT * FROM {table})
SELECT {named} AS key,
       CASE WHEN k.key IS NULL THEN 'is missing' WHEN e.key IS NULL THEN 'should not be there'
            ELSE 'is wrong in ' || concat_ws(', ', {differing}) END AS wrong
  FROM e FULL JOIN k ON {" AND ".join(f"e.{name} = k.{name}" for name in key)}
 WHERE ({", ".join(_text("e", name) for name in names)}) IS DISTINCT FROM ({", ".join(_text("k", n) for n in names)})
 ORDER BY 1
"""


def _text(side: str, name: str) -> str:
    return f'({side}.{name}::text COLLATE "C")'
