"""The lists that `tierce as-of --list` prints: from where each is read, and what of it stands in a table."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

if TYPE_CHECKING:
    from cli.past.opening import Open
    from projections.asof import Moment
    from projections.asof.lists import Then

AHEAD = timedelta(days=90)
Entry = dict[str, Any]


class Name(StrEnum):
    """What can be listed besides suppliers."""

    MODELS = "models"
    DATA_SOURCES = "data-sources"
    USES = "uses"
    ATTESTATIONS = "attestations"
    ASSESSMENTS = "assessments"
    DECISIONS = "decisions"
    RENEWALS = "renewals"
    ACTIVITY = "activity"


class Page(NamedTuple):
    """Some of a list, as JSON; `after` leads to the rest."""

    entries: list[Entry]
    after: str | None


@dataclass(frozen=True)
class Asked:
    """One list as of a moment, of one supplier or of all."""

    instance: Open
    moment: Moment
    name: Name
    supplier_id: UUID | None = None

    async def then(self) -> Then:
        from projections.asof.lists import lists

        return await lists(self.instance.looking, self.instance.pool, self.moment)


async def _part(asked: Asked, after: str | None, limit: int) -> Page:
    from projections.asof.parts import parts

    part: Any = asked.name.value.replace("-", "_")
    reader, looking, about = asked.instance.pool, asked.instance.looking, asked.supplier_id
    found = await parts(looking, reader, part, asked.moment, supplier_id=about, after=after, limit=limit)
    return Page([{"supplier_id": str(id), **json.loads(entry)} for id, entry in found.rows], found.after)


async def _assessments(asked: Asked, after: str | None, limit: int) -> Page:
    from projections import assessments

    then, wanted = await asked.then(), assessments.Filters(supplier_id=asked.supplier_id)
    found = await assessments.page(asked.instance.pool, wanted, after=after, limit=limit, sources=then.sources)
    return Page([each.assessment.model_dump(mode="json") for each in found.rows], found.after)


async def _decisions(asked: Asked, after: str | None, limit: int) -> Page:
    from projections import docket
    from projections.asof.lists import lists

    pool, sources = (
        asked.instance.pool,
        (await lists(asked.instance.looking, asked.instance.pool, asked.moment)).sources,
    )
    found = await docket.listed(pool, supplier_id=asked.supplier_id, after=after, limit=limit, sources=sources)
    return Page([each.model_dump(mode="json") for each in found.rows], found.after)


async def _renewals(asked: Asked, after: str | None, limit: int) -> Page:
    """What was coming in the next ninety days."""
    from projections.asof.calendar import stretch
    from projections.renewals import Filters

    pool, looking, day = asked.instance.pool, asked.instance.looking, asked.moment.day
    then, wanted = await asked.then(), Filters(supplier_id=asked.supplier_id)
    found = await stretch(looking, pool, then, day, day + AHEAD, wanted, after=after, limit=limit)
    told = [{**each.model_dump(mode="json", exclude={"due"}), **each.due.model_dump(mode="json")}
            for each in found.entries]  # fmt: skip
    return Page(told, found.after)


async def _activity(asked: Asked, after: str | None, limit: int) -> Page:
    from projections import activity
    from projections.asof import naming
    from projections.asof.trail import trail

    pool, wanted = asked.instance.pool, activity.Filters(supplier_id=asked.supplier_id)
    before = int(after) if after else None
    archive = asked.instance.archive
    found = await trail(pool, archive, asked.moment, wanted, before=before, limit=limit + 1)
    shown = found[:limit]
    names = await naming.names(pool, archive, shown, asked.moment)
    told = [{**each.model_dump(mode="json", include=FACT), "sentence": activity.sentence(each, names)}
            for each in shown]  # fmt: skip
    return Page(told, str(shown[-1].position) if len(found) > limit else None)


FACT = {"position", "at", "recorded_at", "topic", "aggregate_id", "supplier_id", "actor"}


class Shape(NamedTuple):
    """Head of a column -> where its cells are in an entry."""

    page: Callable[[Asked, str | None, int], Awaitable[Page]]
    columns: Mapping[str, str]


WHOSE = {"Supplier": "supplier_id"}
SHAPES: Mapping[Name, Shape] = {
    Name.MODELS: Shape(_part, WHOSE | {"Model": "details.name", "In use": "adopted", "Retired": "retired_reason"}),
    Name.DATA_SOURCES: Shape(_part, WHOSE | {"Data source": "details.name", "Retired": "retired_reason"}),
    Name.USES: Shape(
        _part, WHOSE | {"Use": "title", "State": "state", "Tier": "tier", "Approved until": "approved_until"}
    ),
    Name.ATTESTATIONS: Shape(
        _part, WHOSE | {"Attestation": "title", "State": "state", "Valid until": "document.valid_until"}
    ),
    Name.ASSESSMENTS: Shape(_assessments, WHOSE | {"State": "state", "Since": "since", "Due": "due_on"}),
    Name.DECISIONS: Shape(
        _decisions, WHOSE | {"Question": "question", "Tabled": "tabled_at", "State": "state", "Outcome": "outcome"}
    ),
    Name.RENEWALS: Shape(_renewals, {"On": "on", "Supplier": "supplier_name", "What": "what", "Use": "use_title"}),
    Name.ACTIVITY: Shape(
        _activity, {"Position": "position", "Happened": "at", "Recorded": "recorded_at", "What": "sentence"}
    ),
}
