"""The oracle says nothing of what is right, and names what is wrong."""

from __future__ import annotations

import asyncpg

from clock import MovableClock
from projections.all import view
from tests.oracle import discrepancies
from tests.workhouse import workhouse


async def test_the_oracle_names_what_was_changed_behind_the_log(database: str, pool: asyncpg.Pool) -> None:
    async with workhouse(database, "smtp://127.0.0.1:1", MovableClock()) as house:
        desk, assessment = await house.past()
        await house.keep(desk)
        await house.projector.catch_up()
        assert await discrepancies(pool) == []
    table, key = view("assessments").table, f"{view('assessments').table} {assessment}"
    await pool.execute(f"UPDATE {table} SET overdue = NOT overdue")
    assert await discrepancies(pool) == [f"{key}: is wrong in overdue"]
    await pool.execute(f'UPDATE {table} SET overdue = NOT overdue, row = row || \'{{"state": "closed"}}\'')
    assert await discrepancies(pool) == [f"{key}: is wrong in row"]
    await pool.execute(f"DELETE FROM {table}")
    assert await discrepancies(pool) == [f"{key}: is missing"]
