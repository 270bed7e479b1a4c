"""Where in the log the facts stand that are asked for, as SQL: of which streams, kinds, person and days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from projections.activity.rows import FIRST, PROMPT, VIEW
from projections.view import Row

TOPIC = 'l.topic COLLATE "C"'
"""As in the log's indexes."""
TOPICS = f"""
WITH RECURSIVE known(topic) AS (
    SELECT min({TOPIC}) FROM public.event_log AS l
    UNION ALL
    SELECT (SELECT min({TOPIC}) FROM public.event_log AS l WHERE {TOPIC} > known.topic) FROM known
     WHERE known.topic IS NOT NULL)
SELECT topic FROM known WHERE topic IS NOT NULL"""
"""All that were ever recorded, also those that nobody here knows any more; each is one look at an index."""
BEGAN = f"""{VIEW.table} AS v
  JOIN public.event_log AS began ON began.position = v.position AND began.originator_version = {FIRST}"""
STREAMS = f"SELECT began.originator_id AS id FROM {BEGAN} WHERE v.supplier_id = "
"""Of a supplier. A build of the version before has every fact, the first of each stream as well: it reads the same."""
HAPPENED = f"coalesce((SELECT v.at FROM {VIEW.table} AS v WHERE v.key = l.position::text), l.recorded_at)"
SLACK = f"interval '{PROMPT.seconds} seconds'"
DAY = timedelta(days=1)
END = 2**63 - 1


class Filters(Row):
    """What is looked for; empty = everything. `kinds` are names of aggregates, both days are included, the moment of
    `happened_before` is not."""

    kinds: tuple[str, ...] = ()
    actor: UUID | None = None
    supplier_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    happened_before: datetime | None = None

    @property
    def begins(self) -> datetime | None:
        return None if self.since is None else midnight(self.since)

    @property
    def ends(self) -> datetime | None:
        """What happened then is too late."""
        over = None if self.until is None else midnight(self.until + DAY)
        return min((each for each in (over, self.happened_before) if each), default=None)

    @property
    def day_over(self) -> datetime | None:
        """When the last day is over on which something of it happened."""
        if (ends := self.ends) is None:
            return None
        return ends if ends == midnight(ends.date()) else midnight(ends.date() + DAY)

    @property
    def timed(self) -> bool:
        return not (self.begins is self.ends is None)

    def covers(self, at: datetime) -> bool:
        begins, ends = self.begins, self.ends
        return (begins is None or at >= begins) and (ends is None or at < ends)


class Span(NamedTuple):
    """Where in the log those stand that were recorded on the days asked for, with the places at both ends."""

    after: int
    until: int


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(0, tzinfo=UTC))


class Search:
    """One query, put together with the values it needs. It may find a few that happened right after the time asked for:
    when a fact happened is known to some seconds as long as nobody reads it."""

    def __init__(self, filters: Filters, span: Span, before: int, limit: int) -> None:
        self.values: list[object] = []
        self._filters, self._limit = filters, int(limit)
        self._before = self._given(before, "bigint")
        if filters.supplier_id is not None:
            found = self._of_supplier(filters.supplier_id)
        else:
            self._after, self._until = self._given(span.after, "bigint"), self._given(span.until, "bigint")
            found = self._recorded_then()
            if filters.timed:
                found = f"({found}) UNION ({self._recorded_late()})"
        self.statement = f"SELECT position FROM ({found}) AS found ORDER BY position DESC LIMIT {self._limit}"

    def _given(self, value: object, type: str) -> str:
        self.values.append(value)
        return f"${len(self.values)}::{type}"

    def _of_supplier(self, supplier_id: UUID) -> str:
        streams = f"{STREAMS}{self._given(supplier_id, 'uuid')}"
        if self._filters.kinds:
            streams += f" AND v.aggregate = ANY({self._kinds})"
        condition = f"l.originator_id = s.id AND l.position < {self._before}"
        return self._each(f"({streams}) AS s", condition, "l.originator_version DESC")

    def _recorded_then(self) -> str:
        """Found by when they were recorded, but for those that happened on other days."""
        kinds, low, high = self._filters.kinds, self._after, f"least({self._before}, {self._until} + 1)"
        if not kinds and self._filters.actor is None:
            return self._some(f"l.position > {low} AND l.position < {high}", "l.position DESC")
        chosen = f" AND split_part(topic, '.', 1) = ANY({self._kinds})" if kinds else ""
        place = f"({TOPIC}, l.position)"
        condition = f"{place} > (t.topic, {low}) AND {place} < (t.topic, {high})"
        return self._each(f"({TOPICS}{chosen}) AS t", condition, f"{TOPIC} DESC, l.position DESC")

    def _recorded_late(self) -> str:
        """Facts of the days asked for that were recorded on others."""
        filters = self._filters
        conditions = [f"v.late AND v.position < {self._before}",
                      f"NOT (v.position > {self._after} AND v.position <= {self._until})"]  # fmt: skip
        if filters.begins is not None:
            conditions.append(f"v.at >= {self._given(filters.begins, 'timestamptz')}")
        if filters.ends is not None:
            conditions.append(f"v.at < {self._given(filters.ends, 'timestamptz')}")
        if filters.kinds:
            conditions.append(f"v.aggregate = ANY({self._kinds})")
        log = "" if filters.actor is None else " JOIN public.event_log AS l ON l.position = v.position"
        condition = " AND ".join(conditions)
        return (
            f"SELECT v.position FROM {VIEW.table} AS v{log} WHERE {condition}{self._by}"
            f" ORDER BY v.position DESC LIMIT {self._limit}"
        )

    def _each(self, several: str, condition: str, order: str) -> str:
        """The latest of each are among the latest of all."""
        return f"SELECT each.position FROM {several} CROSS JOIN LATERAL ({self._some(condition, order)}) AS each"

    def _some(self, condition: str, order: str) -> str:
        log = f"SELECT l.position FROM public.event_log AS l WHERE {condition}{self._by}{self._then}"
        return f"{log} ORDER BY {order} LIMIT {self._limit}"

    @property
    def _then(self) -> str:
        """By the day on which it was recorded, unless something else is known."""
        filters = self._filters
        if not filters.timed:
            return ""
        begins, ends = self._given(filters.begins, "timestamptz"), self._given(filters.ends, "timestamptz")
        return f" AND tstzrange({begins}, {ends} + {SLACK}) @> {HAPPENED}"

    @property
    def _kinds(self) -> str:
        return self._given(list(self._filters.kinds), "text[]")

    @property
    def _by(self) -> str:
        actor = self._filters.actor
        return "" if actor is None else f" AND l.actor = {self._given(actor, 'uuid')}"
