"""Lists as of a moment: the days of the views, and the suppliers that a day's rows do not tell exactly, folded anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from projections import activity, assessments, docket, posture, register, renewals
from projections.asof.lateness import disordered
from projections.asof.moment import Axis, Moment
from projections.asof.past import Past
from projections.asof.reader import Looking
from projections.asof.written import written
from projections.posture import Heat
from projections.posture.queries import heat_of
from projections.register.trends import POINTS
from projections.sources import Sources
from projections.view import View
from suppliers.errors import Refusal

if TYPE_CHECKING:
    from projections.storage import Reader

VIEWS: tuple[View[Any], ...] = (register.VIEW, posture.VIEW, docket.VIEW, assessments.VIEW, renewals.VIEW)
BY_SUPPLIER = frozenset({register.VIEW.name, posture.VIEW.name})
"""Their key is the supplier's id."""
MOST = 1000

WHOSE = f"""
  JOIN public.event_log AS began ON began.originator_id = l.originator_id AND began.originator_version = 1
  JOIN {activity.VIEW.table} AS v ON v.key = began.position::text AND v.supplier_id IS NOT NULL
"""
HALF_WAY = f"""
SELECT v.supplier_id FROM (
    SELECT originator_id, min(position) AS first, max(position) AS last FROM public.event_log
     WHERE position > $1 AND position <= $2 GROUP BY originator_id) AS l {WHOSE}
 GROUP BY v.supplier_id HAVING min(l.first) <= $3 AND max(l.last) > $3
"""
LATER_THAT_DAY = f"""
SELECT DISTINCT v.supplier_id FROM public.event_log AS l {WHOSE}
 WHERE l.position > $1 AND l.position <= $2
   AND coalesce((SELECT kept.at FROM {activity.VIEW.table} AS kept WHERE kept.key = l.position::text),
                l.recorded_at + $4::interval) >= $3
"""
"""May name a few too many: when a fact happened is known to some seconds, as long as nobody reads it."""


WORST = """
SELECT p.key, coalesce(s.name, '') AS name FROM {posture} AS p LEFT JOIN {register} AS s ON s.key = p.key
 WHERE p.band IS NOT NULL ORDER BY p.band_rank DESC, p.score DESC, p.key LIMIT $1
"""
TRENDS = f"""
SELECT key, array_agg(score ORDER BY day) FROM (
    SELECT key, day, score, lag(score) OVER (PARTITION BY key ORDER BY day) AS before FROM {posture.VIEW.days}
     WHERE key = ANY($1) AND day <= $2 AND score IS NOT NULL) AS moved
 WHERE before IS DISTINCT FROM score GROUP BY key
"""


class TooMuchThen(Refusal):
    """Too much happened around that moment to tell it apart. Ask for the end of a day."""


@dataclass(frozen=True)
class Then:
    """What lists read instead of the live tables, and the suppliers that were folded for it."""

    moment: Moment
    sources: Sources
    folded: dict[UUID, Past]


class Former(Sources):
    """The views as of a moment; each is only made when a list reads it."""

    def __init__(self, moment: Moment, folded: dict[UUID, Past]) -> None:
        super().__init__()
        self._moment, self._folded = moment, folded

    def of(self, view: View[Any]) -> str:
        if view not in VIEWS:
            return view.table
        if view.name not in self._given:
            self._given[view.name] = source(view, self._moment, self._folded)
        return self._given[view.name]


async def lists(looking: Looking, reader: Reader, moment: Moment) -> Then:
    """The lists of suppliers, postures, decisions and assessments as of a moment."""
    bounds = await _bounds(looking, moment.day)
    inexact = await _inexact(reader, moment, bounds)
    if len(inexact) > MOST:
        raise TooMuchThen
    folded = await looking.suppliers(sorted(inexact), moment) if inexact else {}
    return Then(moment, Former(moment, folded), folded)


async def worst(looking: Looking, reader: Reader, then: Then, *, limit: int) -> list[Heat]:
    """The suppliers to look at first, with their domains: those are folded, for days keep only a posture's columns."""
    statement = WORST.format(posture=then.sources.of(posture.VIEW), register=then.sources.of(register.VIEW))
    names = {UUID(str(key)): name for key, name in await reader.fetch(statement, limit)}
    pasts = await looking.suppliers(names, then.moment)
    rows = [(past.rows(posture.VIEW).get(str(id)), names[id]) for id, past in pasts.items()]
    return [heat_of(row, name) for row, name in rows if row is not None and row.worst_use is not None]


async def trends(reader: Reader, ids: Iterable[UUID], then: Then) -> dict[UUID, list[float]]:
    """Supplier -> its last scores up to the moment, the latest last."""
    found = await reader.fetch(TRENDS, [str(id) for id in ids], then.moment.day)
    return {UUID(key): list(scores)[-POINTS:] for key, scores in found}


def source(view: View[Any], moment: Moment, folded: dict[UUID, Past]) -> str:
    """What stands for a view's table after FROM."""
    names = ", ".join(each.name for each in view.day_columns)
    kept = (
        f"SELECT d.key, {_prefixed(names)}, d.row FROM {view.days} AS d WHERE {_on(view, moment)}{_but(view, folded)}"
    )
    rows = (each for past in folded.values() for each in past.rows(view).items())
    again = written(view, [(key, row) for key, row in rows if view.worth is None or view.worth(row)])
    return f"({kept} UNION ALL {again})" if again else f"({kept})"


def _on(view: View[Any], moment: Moment) -> str:
    """The row that was there at the moment: of that day when all of the day counts, else of the day before."""
    day = f"DATE '{moment.day.isoformat()}'"
    whole = f"d.day <= {day} AND d.until > {day}"
    if moment.asked_as == "day" or moment.axis is Axis.TRUE:
        return whole
    position = moment.position
    later = f"SELECT 1 FROM {view.days} AS n WHERE n.key = d.key AND n.day = {day} AND n.first > {position}"
    before = f"d.day < {day} AND d.until = {day} AND EXISTS ({later})"
    return f"({whole} AND (d.day < {day} OR d.last <= {position}) OR {before})"


def _but(view: View[Any], folded: Collection[UUID]) -> str:
    if not folded:
        return ""
    ids = ", ".join(f"'{each}'" for each in sorted(folded))
    if view.name in BY_SUPPLIER:
        return f" AND d.key <> ALL(ARRAY[{ids}]::text[])"
    return f" AND d.supplier_id <> ALL(ARRAY[{ids}]::uuid[])"


def _prefixed(names: str) -> str:
    return ", ".join(f"d.{each}" for each in names.split(", "))


async def _bounds(looking: Looking, day: date) -> tuple[int, int]:
    """The last position before a day, and the last one of it."""
    begin = datetime.combine(day, time(0, tzinfo=UTC))
    return await looking.last_before(begin), await looking.last_before(begin + timedelta(days=1))


async def _inexact(reader: Reader, moment: Moment, bounds: tuple[int, int]) -> set[UUID]:
    """Suppliers of whom a day's rows do not tell it: of the time between, or for what was recorded late."""
    first, last = bounds
    if moment.axis is Axis.KNOWN:
        return set() if moment.position >= last else _of(await reader.fetch(HALF_WAY, first, last, moment.position))
    late = await disordered(reader, moment.until, last)
    if moment.asked_as == "day":
        return late
    return late | _of(await reader.fetch(LATER_THAT_DAY, first, last, moment.until, activity.PROMPT))


def _of(found: Iterable[Any]) -> set[UUID]:
    return {UUID(str(row["supplier_id"])) for row in found}
