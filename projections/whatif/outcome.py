"""What a trial of a policy shows: who would stand in another band, since when, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from projections.view import Row
from suppliers.posture import Band


class Episode(Row):
    """Days, from the first to before `until` (None = still), on which a use would have been in another band."""

    since: date
    until: date | None
    before: Band
    after: Band


class Moved(Row):
    """A use that would be, or would have been, in another band; the numbers are those of the last such day."""

    supplier_id: UUID
    supplier_name: str
    use_id: UUID
    title: str
    on: date
    before: Band
    after: Band
    score_before: float
    score_after: float
    tier_before: int | None
    tier_after: int | None
    reasons: tuple[str, ...]
    """What moves between the two, in sentences."""
    episodes: tuple[Episode, ...]

    @property
    def now(self) -> bool:
        """Whether it would be so today."""
        return self.episodes[-1].until is None


class Outcome(Row):
    """The trial of one policy over all suppliers."""

    policy: str
    title: str
    suppliers: int
    uses: int
    """Those that are judged today."""
    moved: tuple[Moved, ...]
    spread: tuple[tuple[Band, Band, int], ...]
    """From band, to band, and how many uses, as of today; those that stay are in it."""

    @property
    def changing(self) -> Sequence[Moved]:
        """Those that would change today, the worst first."""
        found = [each for each in self.moved if each.now]
        return sorted(found, key=lambda each: (-each.after.rank, -each.score_after, str(each.use_id)))

    @property
    def former(self) -> Sequence[Moved]:
        """Those that only would have stood in another band for a time."""
        return [each for each in self.moved if not each.now]


def spread(pairs: Counter[tuple[Band, Band]]) -> tuple[tuple[Band, Band, int], ...]:
    """Counted pairs of bands in order."""
    ordered = sorted(pairs.items(), key=lambda each: (each[0][0].rank, each[0][1].rank))
    return tuple((before, after, number) for (before, after), number in ordered)
