"""What changed between two moments: fact by fact, and how postures moved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from projections import posture, register
from projections.activity import Entry
from projections.asof.lists import Then
from projections.asof.past import Past
from projections.posture import UsePosture
from projections.view import Row
from suppliers.posture import Band, Contribution, changes
from suppliers.supplier import Standing

if TYPE_CHECKING:
    from projections.storage import Reader

NOTEWORTHY = 0.05
STATES = """
SELECT s.key, s.name, s.standing, p.tier, p.band, p.score
  FROM {register} AS s LEFT JOIN {posture} AS p ON p.key = s.key
"""
MOVED = """
SELECT coalesce(b.key, a.key) AS key, coalesce(a.name, b.name) AS name, b.standing AS standing_before,
       a.standing AS standing_after, b.tier AS tier_before, a.tier AS tier_after, b.band AS band_before,
       a.band AS band_after, b.score AS score_before, a.score AS score_after
  FROM ({before}) AS b FULL JOIN ({after}) AS a ON a.key = b.key
 WHERE (a.standing, a.tier, a.band) IS DISTINCT FROM (b.standing, b.tier, b.band)
 ORDER BY a.score DESC NULLS LAST, key LIMIT $1
"""


class Shift(Row):
    """One reason and its points on both days; None = it was not among the reasons."""

    kind: Literal["exposure", "answers", "finding"]
    key: str
    sentence: str
    before: float | None
    after: float | None


class UseMoved(Row):
    """How a use stood on both days; None = it was not judged."""

    use_id: UUID
    title: str
    band_before: Band | None
    band_after: Band | None
    score_before: float | None
    score_after: float | None
    sentences: tuple[str, ...]
    shifts: tuple[Shift, ...]

    @property
    def moved(self) -> bool:
        return self.band_before is not self.band_after or bool(self.shifts)


class Changes(Row):
    """A supplier between two moments."""

    supplier_id: UUID
    name: str
    standing_before: Standing | None
    standing_after: Standing | None
    uses: tuple[UseMoved, ...]
    entries: tuple[Entry, ...]
    """What counts at the second moment and did not at the first, the latest first."""


class SupplierMoved(Row):
    """A supplier whose standing, tier or band is another; None before it was there."""

    key: UUID
    name: str
    standing_before: Standing | None
    standing_after: Standing | None
    tier_before: int | None
    tier_after: int | None
    band_before: Band | None
    band_after: Band | None
    score_before: float | None
    score_after: float | None


def between(before: Past, after: Past) -> Changes:
    """One supplier as of two moments; a supplier that was not there before had nothing."""
    seen = {each.position for each in before.facts}
    first, last = before.line, after.line
    return Changes(
        supplier_id=after.supplier_id,
        name=last.name if last else "",
        standing_before=first.standing if first else None,
        standing_after=last.standing if last else None,
        uses=tuple(_uses(before, after)),
        entries=tuple(each for each in after.entries() if each.position not in seen),
    )


async def moved(reader: Reader, before: Then, after: Then, *, limit: int = 500) -> list[SupplierMoved]:
    """All suppliers whose standing, tier or band is not the same at both moments, the worst first."""
    states = [
        STATES.format(register=each.sources.of(register.VIEW), posture=each.sources.of(posture.VIEW))
        for each in (before, after)
    ]
    found = await reader.fetch(MOVED.format(before=states[0], after=states[1]), limit)
    return [SupplierMoved.model_validate(dict(each)) for each in found]


def _uses(before: Past, after: Past) -> Iterable[UseMoved]:
    old = before.posture.uses if before.posture else {}
    new = after.posture.uses if after.posture else {}
    for id in [*new, *(id for id in old if id not in new)]:
        found = _use(old.get(id), new.get(id))
        if found.moved:
            yield found


def _use(before: UsePosture | None, after: UsePosture | None) -> UseMoved:
    use = after or before
    assert use is not None
    old, new = before.result if before else None, after.result if after else None
    return UseMoved(
        use_id=use.id,
        title=use.title,
        band_before=old.band if old else None,
        band_after=new.band if new else None,
        score_before=old.residual if old else None,
        score_after=new.residual if new else None,
        sentences=changes(old, new) if old and new else (),
        shifts=tuple(_shifts(old.contributions if old else (), new.contributions if new else ())),
    )


def _shifts(before: Iterable[Contribution], after: Iterable[Contribution]) -> Iterable[Shift]:
    """The reasons whose points are others, those that moved most first."""
    old, new = ({(each.kind, each.key): each for each in some} for some in (before, after))
    found = [
        Shift(
            kind=place[0],
            key=place[1],
            sentence=(new.get(place) or old[place]).sentence,
            before=old[place].points if place in old else None,
            after=new[place].points if place in new else None,
        )
        for place in {**old, **new}
    ]
    told = [each for each in found if abs((each.after or 0) - (each.before or 0)) >= NOTEWORTHY]
    return sorted(told, key=lambda each: -abs((each.after or 0) - (each.before or 0)))
