"""A view: rows that are a fold of the log, and the table they are kept in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from projections.changing import Row as Row
from projections.changing import adding as adding
from projections.changing import but as but
from projections.changing import lacking as lacking
from projections.changing import new as new
from projections.changing import put as put
from projections.changing import text_of as text_of
from projections.changing import within as within
from projections.changing import without as without
from projections.column import Column as Column
from suppliers.aggregate import DomainEvent
from suppliers.ports import Recorded

R = TypeVar("R", bound=Row)
Keys = Callable[[Any, Recorded], Iterable[str]]
Fold = Callable[[Any, Any, Recorded], Row | None]
"""The row after an event, from the row before it (None = there was none) and the event; None = there is none now."""
F = TypeVar("F", bound=Callable[..., Any])


class Digestion(NamedTuple):
    """What a view does with an event."""

    keys: Keys
    fold: Fold
    by_day: bool = True
    """Whether it changes anything that days have of a row."""


def originator(event: Any, recorded: Recorded) -> Iterable[str]:
    """The row of the aggregate itself."""
    return (text_of(event.originator_id),)


def its_supplier(event: Any, recorded: Recorded) -> Iterable[str]:
    """The row of the supplier that an event of another aggregate is about."""
    return (text_of(event.supplier_id),)


class View(Generic[R]):
    """Name and version are the keys of tables and checkpoint: a name is never changed, a version only raised.

    `table` and `days` are what queries read; they point at the build that is live (see `projections.builds`).
    """

    def __init__(
        self,
        name: str,
        version: int,
        row_type: type[R],
        *,
        columns: Iterable[Column] = (),
        indexes: Iterable[str] = (),
        finish: Callable[[R], R] | None = None,
        days: bool | Literal["columns"] = False,
        day_indexes: Iterable[str] = (),
        worth: Callable[[R], bool] | None = None,
        kept_as: Literal["jsonb", "text"] = "jsonb",
        finish_day: Callable[[R], R] | None = None,
        omits_defaults: bool = False,
    ) -> None:
        """`finish` completes a folded row before it is kept, with what follows from the rest of it.

        With `days`, also kept is how each row was at the end of every day on which something was recorded about it;
        of "columns", without the row itself. A row that is not `worth` it is, of days, as if it were not there.
        Of days of "columns" a row may be completed no further than its columns tell.
        A row that is always read as a whole is kept as text, which PostgreSQL writes in a third of the time; if no
        query looks for it there, what is as it is by default can be left out.
        """
        assert re.fullmatch(r"[a-z_]+", name)
        self.name = name
        self.version = version
        self.row_type = row_type
        self.columns = tuple(columns)
        self.day_columns = tuple(each for each in self.columns if each.by_day)
        self.indexes = tuple(indexes)
        self.by_day = days
        self.day_indexes = tuple(day_indexes)
        self.worth = worth
        self.kept_as = kept_as
        self.omits_defaults = omits_defaults
        self._finish = finish
        self._finish_day = finish_day or finish
        self._digests: dict[type[DomainEvent], Digestion] = {}

    def __repr__(self) -> str:
        return f"View({self.name} v{self.version})"

    @property
    def table(self) -> str:
        return f"view_{self.name}"

    @property
    def days(self) -> str:
        return f"{self.table}_days"

    @property
    def checkpoint(self) -> str:
        """The name under which a follower moves it, whichever build of this version is live."""
        return f"view:{self.name}:{self.version}"

    @property
    def position(self) -> str:
        """The last position in it, for use in a query: as of the same moment as the rows that are read."""
        return f"(SELECT position FROM view_positions WHERE name = '{self.name}')"

    @property
    def digests(self) -> Mapping[type[DomainEvent], Digestion]:
        """Event class -> what is done with it."""
        return self._digests

    def on(self, *events: type[DomainEvent], keys: Keys = originator, by_day: bool = True) -> Callable[[F], F]:
        """Fold these events, and those derived from them, with the decorated function; no day is noted of those that
        change nothing that is kept `by_day`."""
        assert by_day or self.by_day == "columns", f"days of {self.name} have all of a row"

        def decorate(fold: F) -> F:
            for event in concrete(events):
                assert event not in self._digests, f"{self.name} digests {event.TOPIC} twice"
                self._digests[event] = Digestion(keys, fold, by_day)
            return fold

        return decorate

    def touched(self, recorded: Recorded) -> list[str]:
        """The keys of the rows that an event may change."""
        digest = self._digests.get(type(recorded.event))
        return [] if digest is None else list(digest.keys(recorded.event, recorded))

    def digest(self, rows: Mapping[str, R], recorded: Recorded) -> dict[str, R | None]:
        """The rows an event changes; all of them or, when a fold fails, none."""
        digest = self._digests.get(type(recorded.event))
        if digest is None:
            return {}
        keys, fold, _ = digest
        event = recorded.event
        return {key: fold(rows.get(key), event, recorded) for key in keys(event, recorded)}  # type: ignore[misc]

    def makes_a_day(self, recorded: Recorded) -> bool:
        """Whether an event that it digests may change what days have of a row."""
        return bool(self.by_day) and self._digests[type(recorded.event)].by_day

    def by_days(self, row: R | None) -> R | None:
        """The row as days know it: one that is not worth it is for them as if it were not there."""
        return row if row is None or self.worth is None or self.worth(row) else None

    @property
    def completes(self) -> bool:
        """Whether a folded row is completed before it is kept."""
        return self._finish is not None

    def finished(self, row: R) -> R:
        return row if self._finish is None else self._finish(row)

    def finished_day(self, row: R) -> R:
        """As far as what is kept of a day tells of it."""
        return row if self._finish_day is None else self._finish_day(row)

    def text(self, row: R) -> str:
        """As it is kept."""
        return row.model_dump_json(exclude_defaults=self.omits_defaults)


def fold(view: View[R], events: Iterable[Recorded]) -> dict[str, R]:
    """The view from nothing, in memory."""
    return {key: view.finished(row) for key, row in folded(view, events).items()}


def folded(view: View[R], events: Iterable[Recorded]) -> dict[str, R]:
    """The same, but nothing is worked out for the rows yet."""
    rows: dict[str, R] = {}
    for recorded in events:
        for key, row in view.digest(rows, recorded).items():
            if row is None:
                rows.pop(key, None)
            else:
                rows[key] = row
    return rows


def topics(views: Iterable[View[Any]]) -> list[str]:
    """The stored names of all that these views digest, in order."""
    return sorted({event.TOPIC for view in views for event in view.digests})


def concrete(events: Iterable[type[DomainEvent]]) -> Iterator[type[DomainEvent]]:
    """Event classes that are stored; a base stands for all below it."""
    for event in events:
        if below := event.__subclasses__():
            yield from concrete(below)
        else:
            yield event
