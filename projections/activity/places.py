"""Where in the log the facts stand that are asked for, as SQL: of which streams, kinds, person and days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from projections.activity.rows import PROMPT, VIEW
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
STREAMS = f"""
SELECT DISTINCT began.originator_id AS id FROM {VIEW.table} AS v
  JOIN public.event_log AS began ON began.position = v.position WHERE v.supplier_id = """
"""Of a supplier. A build of the version before lists every fact, so that the same is read from it."""
HAPPENED = f"coalesce((SELECT v.at FROM {VIEW.table} AS v WHERE v.key = l.position::text), l.recorded_at{{}})"
SLACK = f" - interval '{PROMPT.seconds} seconds'"
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
        """When those days are over."""
        days = [each for each in (self.until, self.happened_before and self.happened_before.date()) if each]
        return midnight(min(days) + timedelta(days=1)) if days else None

    @property
    def timed(self) -> bool:
        return not (self.since is self.until is self.happened_before is None)


class Span(NamedTuple):
    """Where in the log those stand that were recorded on the days asked for, with the places at both ends."""

    after: int
    until: int


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(0, tzinfo=UTC))


class Search:
    """One query, put together with the values it needs."""

    def __init__(self, filters: Filters, span: Span, before: int, limit: int) -> None:
        self.values: list[object] = []
        self._filters, self._span = filters, span
        self._limit = int(limit)
        self._before = self._given(before, "bigint")
        self._after, self._until = self._given(span.after, "bigint"), self._given(span.until, "bigint")
        found = self._recorded_then()
        if filters.timed:
            found = f"({found}) UNION ({self._recorded_late()})"
        self.statement = f"SELECT position FROM ({found}) AS found ORDER BY position DESC LIMIT {self._limit}"

    def _given(self, value: object, type: str) -> str:
        self.values.append(value)
        return f"${len(self.values)}::{type}"

    def _recorded_then(self) -> str:
        """Found by when they were recorded; of those that happened at another time the view knows when."""
        filters = self._filters
        if filters.supplier_id is not None:
            streams = self._streams(filters.supplier_id)
            streams += f" AND v.aggregate = ANY({self._kinds})" if filters.kinds else ""
            return self._each(f"({streams}) AS s", f"l.originator_id = s.id AND {self._within}{self._by}",
                              "l.originator_version DESC")  # fmt: skip
        if filters.kinds or filters.actor is not None:
            chosen = f" AND split_part(topic, '.', 1) = ANY({self._kinds})" if filters.kinds else ""
            first, last = f"(t.topic, {self._after})", f"(t.topic, {self._high})"
            condition = f"({TOPIC}, l.position) > {first} AND ({TOPIC}, l.position) < {last}{self._by}"
            return self._each(f"({TOPICS}{chosen}) AS t", condition, f"{TOPIC} DESC, l.position DESC")
        return self._some(self._within, "l.position DESC")

    def _recorded_late(self) -> str:
        """Facts of the days asked for that were recorded on others."""
        filters = self._filters
        conditions = [f"v.late AND v.position < {self._before}",
                      f"NOT (v.position > {self._after} AND v.position <= {self._until})",
                      *self._times("v.at", "v.at")]  # fmt: skip
        if filters.kinds:
            conditions.append(f"v.aggregate = ANY({self._kinds})")
        if filters.supplier_id is not None:
            conditions.append(f"l.originator_id IN ({self._streams(filters.supplier_id)})")
        return (
            f"SELECT l.position FROM {VIEW.table} AS v JOIN public.event_log AS l ON l.position = v.position"
            f" WHERE {' AND '.join(conditions)}{self._by} ORDER BY l.position DESC LIMIT {self._limit}"
        )

    def _each(self, several: str, condition: str, order: str) -> str:
        """The latest of each are among the latest of all."""
        return f"SELECT each.position FROM {several} CROSS JOIN LATERAL ({self._some(condition, order)}) AS each"

    def _some(self, condition: str, order: str) -> str:
        when = "".join(f" AND {each}" for each in self._times(HAPPENED.format(""), HAPPENED.format(SLACK)))
        return (
            f"SELECT l.position FROM public.event_log AS l WHERE {condition}{when} ORDER BY {order} LIMIT {self._limit}"
        )

    def _streams(self, supplier_id: UUID) -> str:
        return f"{STREAMS}{self._given(supplier_id, 'uuid')}"

    def _times(self, at: str, nearly: str) -> list[str]:
        """Both days begin and end with days on which facts were recorded; a moment within one is only told nearly."""
        filters, found = self._filters, []
        if filters.since is not None:
            found.append(f"{at} >= {self._given(filters.begins, 'timestamptz')}")
        if filters.until is not None:
            end = midnight(filters.until + timedelta(days=1))
            found.append(f"{at} < {self._given(end, 'timestamptz')}")
        if filters.happened_before is not None:
            found.append(f"{nearly} < {self._given(filters.happened_before, 'timestamptz')}")
        return found

    @property
    def _kinds(self) -> str:
        return self._given(list(self._filters.kinds), "text[]")

    @property
    def _by(self) -> str:
        actor = self._filters.actor
        return "" if actor is None else f" AND l.actor = {self._given(actor, 'uuid')}"

    @property
    def _high(self) -> str:
        return f"least({self._before}, {self._until} + 1)"

    @property
    def _within(self) -> str:
        return f"l.position > {self._after} AND l.position < {self._high}"
