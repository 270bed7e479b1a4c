"""Looks for words everywhere in a database, and in the files of a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import asyncpg

COLUMNS = """
SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
  JOIN information_schema.tables t USING (table_schema, table_name)
 WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
   AND (c.data_type IN ('text', 'bytea', 'jsonb', 'json', 'tsvector', 'character varying') OR c.data_type = 'ARRAY')
"""


async def columns_holding(pool: asyncpg.Pool, words: Sequence[str]) -> set[str]:
    """table.column, wherever one of the words is; in bytes as UTF-8."""
    found: set[str] = set()
    for table, column, kind in await pool.fetch(COLUMNS):
        text = f"encode({column}, 'escape')" if kind == "bytea" else f"{column}::text"
        condition = f"SELECT EXISTS (SELECT FROM {table} WHERE strpos(lower({text}), lower($1)) > 0)"
        for word in words:
            if await pool.fetchval(condition, word):
                found.add(f"{table}.{column}")
    return found


def files_holding(folder: Path, words: Sequence[str]) -> set[str]:
    return {
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(word.lower().encode() in path.read_bytes().lower() for word in words)
    }
