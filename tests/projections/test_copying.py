"""What is copied into a table is what SQL would have made of the same texts."""

from __future__ import annotations

from uuid import uuid4

import asyncpg
import pytest

from projections.all import VIEWS
from projections.rebuild.copying import AS_IN_SQL, copied, ready
from projections.view import Column, View
from tests.projections.tallies import Tally

SAMPLES = {
    "uuid[]": [None, "", str(uuid4()), f"{uuid4()} {uuid4()}"],
    "integer[]": [None, "", "7", "-2147483648 0 2147483647"],
    "tsvector": [None, "", "one", "b a b", "é ß z zz Ab", "a\\b 'q' c:1"],
}
TYPES = dict(zip(AS_IN_SQL, SAMPLES, strict=True))


@pytest.mark.parametrize("sql", AS_IN_SQL)
async def test_a_copied_value_is_what_sql_makes_of_its_text(pool: asyncpg.Pool, sql: str) -> None:
    column = Column("made", TYPES[sql], lambda row: row.name, given_as="text", sql=sql)
    view, texts = View("some", 1, Tally, columns=[column]), SAMPLES[column.type]
    assert all(map(can_be_copied, view.columns))
    async with pool.acquire() as connection, connection.transaction():
        await ready(connection)
        await connection.execute(f"CREATE TEMPORARY TABLE put (key integer, made {column.type}) ON COMMIT DROP")
        records = copied(view, ["key", "made"], enumerate(texts))
        await connection.copy_records_to_table("put", records=records, columns=["key", "made"])
        different = f"""
            SELECT given, made FROM unnest($1::text[]) WITH ORDINALITY AS texts(given, number)
              JOIN put ON key + 1 = number WHERE made IS DISTINCT FROM {sql.format("given")}"""
        assert await connection.fetch(different, texts) == []
        assert await connection.fetchval("SELECT count(*) FROM put") == len(texts)


def test_rows_of_all_views_can_be_copied() -> None:
    for view in VIEWS:
        assert all(map(can_be_copied, view.columns))


def can_be_copied(column: Column) -> bool:
    return column.sql == "{}" or column.sql in AS_IN_SQL
