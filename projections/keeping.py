"""What is written of a batch: a view's rows, and their days, which are copied from the rows as they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from projections import storage
from projections.batch import Batch, Day, finish_days
from projections.layout import kept_of_days
from projections.together import BEFORE, Part
from projections.view import R, View

COPIED = ("key", "day", "first", "last")


class Statements(NamedTuple):
    """Those of one view, put together once."""

    delete: str
    upsert: str
    upsert_and_return: str
    copied: str = ""
    past: str = ""
    end: str = ""


def parts(view: View[R], batch: Batch[R], known: Mapping[str, date | None]) -> list[Part]:
    """`known` is the day of a key before which none is to be ended: it has begun, or no row was there before."""
    using, found = statements(view), []
    days = storage.dated(finish_days(view, batch, batch.rows)) if batch.days else []
    lasting = [each for each, until in days if until is storage.FOR_EVER]
    gone = [key for key, row in batch.rows.items() if row is None]
    if gone:
        found.append(Part(using.delete, (gone,)))
    if len(gone) < len(batch.rows):
        statement = using.upsert_and_return if lasting else using.upsert
        found.append(Part(statement, storage.given(view, batch.rows)))
    if lasting:  # right behind the rows they are copied from
        found.append(Part(using.copied, tuple([getattr(each, name) for each in lasting] for name in COPIED)))
    if len(lasting) < len(days):
        past = [(each, until) for each, until in days if until is not storage.FOR_EVER]
        found.append(Part(using.past, storage.given_days(view, past)))
    if days and (begun := _begun([each for each, _ in days], known)):
        found.append(Part(using.end, (list(begun), list(begun.values()))))
    return found


@lru_cache(100)  # asked for again with every batch
def statements(view: View[Any]) -> Statements:
    upsert = storage.upsert(view, view.table)
    rows = Statements(storage.delete(view.table), upsert, upsert + returning(view))
    if not view.by_day:
        return rows
    days = copied(view), storage.upsert_days(view, view.days), storage.end_days(view.days)
    return Statements(*rows[:3], *days)


def _begun(days: Sequence[Day[Any]], known: Mapping[str, date | None]) -> dict[str, date]:
    """The first of a key's days, where it may be a new one."""
    first = {each.key: each.day for each in reversed(days)}
    return {key: day for key, day in first.items() if known.get(key) != day}


def returning(view: View[Any]) -> str:
    return f"\nRETURNING {', '.join(['key', *kept_of_days(view)])}"


def copied(view: View[Any]) -> str:
    """A row's day is as the row is now; when it has several days, the last of them."""
    names = kept_of_days(view)
    return f"""
INSERT INTO {view.days} (key, day, first, last, until, {", ".join(names)})
SELECT key, ($2::date[])[place], ($3::bigint[])[place], ($4::bigint[])[place], 'infinity', {", ".join(names)}
  FROM (SELECT *, array_position($1::text[], key) AS place FROM {BEFORE} OFFSET 0) AS now
 WHERE place IS NOT NULL
ON CONFLICT (key, day) DO UPDATE SET {storage.replaced(["last", "until", *names])}"""
