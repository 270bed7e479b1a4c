"""A table held against the rows it should have, column by column, by the database's own idea of a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    text: Callable[[Any], str] | None,
) -> list[str]:
    """`leading` columns, by name: their type and values; the first two, when there are two, are the key. `text` is how
    a row is kept, if it is."""
    values = [*(given for _, given in leading.values()), *([each.value(row) for row in rows] for each in columns)]
    texts = [None if text is None else text(row) for row in rows]
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
    kinds = {each.name: each.type for each in columns}
    texts = {name: (_text("e", name, kinds.get(name)), _text("k", name, kinds.get(name))) for name in names}
    differing = ", ".join(f"CASE WHEN {e} IS DISTINCT FROM {k} THEN '{name}' END" for name, (e, k) in texts.items())
    key = [name for name in leading if name in ("key", "day")]
    named = " || ' of ' || ".join(f"coalesce(e.{name}, k.{name})::text" for name in key)
    return f"""
WITH e AS (SELECT {expected} FROM unnest({given}) AS given({", ".join(names)})),
     k AS (SELECT * FROM {table})
SELECT {named} AS key,
       CASE WHEN k.key IS NULL THEN 'is missing' WHEN e.key IS NULL THEN 'should not be there'
            ELSE 'is wrong in ' || concat_ws(', ', {differing}) END AS wrong
  FROM e FULL JOIN k ON {" AND ".join(f"e.{name} = k.{name}" for name in key)}
 WHERE ({", ".join(e for e, _ in texts.values())}) IS DISTINCT FROM ({", ".join(k for _, k in texts.values())})
 ORDER BY 1
"""


def _text(side: str, name: str, kind: str | None) -> str:
    """What a column means, as text: in which order a row's things were met makes no difference to searches."""
    match kind:
        case None if name == "row":
            value = f"{side}.row::jsonb"
        case "uuid[]":
            value = f"array(SELECT unnest({side}.{name}) ORDER BY 1)"
        case _:
            value = f"{side}.{name}"
    return f'({value}::text COLLATE "C")'
