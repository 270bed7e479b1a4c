"""The append as it must not be: made from the one in the database, so that it is always that one without its lock."""

from __future__ import annotations

import re

import asyncpg

LOCK = re.compile(r"PERFORM\s+(?:pg_catalog\.)?pg_advisory_xact_lock\([^;]*\);")
SOURCES = """
SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname = 'public' AND p.prokind = 'f' AND p.prosrc LIKE '%pg_advisory_xact_lock%'
"""
POSITIONS_FROM_A_SEQUENCE = """
CREATE SEQUENCE public.naive;
CREATE FUNCTION public.naive_position() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.position := nextval('public.naive');
    PERFORM pg_sleep(random() * 0.01);
    RETURN NEW;
END $$;
CREATE TRIGGER naive BEFORE INSERT ON public.event_log FOR EACH ROW EXECUTE FUNCTION public.naive_position();
"""


async def take_the_lock_away(pool: asyncpg.Pool) -> None:
    """Whoever appends reads the last position without waiting for those who are about to write it."""
    sources = [row[0] for row in await pool.fetch(SOURCES)]
    assert sources, "no function takes the lock any more: look for it elsewhere"
    for source in sources:
        without, found = LOCK.subn("", source)
        assert found, source
        await pool.execute(without)


async def number_by_a_sequence(pool: asyncpg.Pool) -> None:
    """As most event tables have it: numbers are handed out early and become visible out of order."""
    await take_the_lock_away(pool)
    await pool.execute(POSITIONS_FROM_A_SEQUENCE)
