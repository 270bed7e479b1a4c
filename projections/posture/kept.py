"""The rows of the posture view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from projections.posture.parts import Attested, Classed, Point, Profile, Rated, Round
from projections.view import Row
from suppliers.posture import Band, Posture, Stand
from suppliers.questionnaires import Domain
from suppliers.supplier import Standing
from suppliers.use import ENDED, SubjectKind, UseState

OVER = tuple(ENDED)
"""Compared one by one, which is faster than to look up a member of an enumeration."""
LONGEST = 60
"""Points kept of a history."""


class UsePosture(Row):
    """A use, what it is judged by, and how it stands on the row's day."""

    __slots__ = ("found",)
    """What was worked out of it (`known.py`); no part of the row."""

    id: UUID
    title: str
    subject_id: UUID
    subject_kind: SubjectKind
    state: UseState
    before_suspension: UseState = UseState.DESCRIBED
    suspended: str | None = None
    intake: Profile | None = None
    classification: Classed | None = None
    rating: Rated | None = None
    tier: int | None = None
    superseded_on: date | None = None
    """Since when we use another version of the model."""
    round_open: bool = False
    counted: Round | None = None
    stand: Stand | None = None
    """In numbers; None before it is rated."""
    next_change_on: date | None = None
    """When time alone makes it worse, and of which band it is then."""
    next_band: Band | None = None
    before: Stand | None = None
    """How it stood after the day before, unless it stands so still."""
    result: Posture | None = None
    """With the reasons; worked out for whoever reads it, never so in the table."""
    moved: tuple[str, ...] = ()
    """What changed since the day before, in sentences; worked out likewise."""
    history: tuple[Point, ...] = ()

    @property
    def active(self) -> bool:
        return self.state not in OVER

    @property
    def was(self) -> Stand | None:
        """How it stood after the day before; None = it was not rated yet."""
        return self.stand if self.before is None and self.history else self.before


class SupplierPosture(Row):
    """A supplier's posture is that of its worst active use, never an average."""

    __slots__ = ("account",)
    """How its uses stand (`account.py`); no part of the row."""

    id: UUID
    standing: Standing
    before_suspension: Standing | None = None
    suspended: str | None = None
    on: date
    """The day for which everything here is computed: the last on which something happened that matters."""
    pending: bool = False
    """Something happened since its uses were judged; never so in the table."""
    uses: Mapping[str, UsePosture] = {}
    drafts: Mapping[str, Round] = {}
    """Assessment id -> what is being answered and does not count yet."""
    attestations: Mapping[str, Attested] = {}
    history: tuple[Point, ...] = ()

    @property
    def active(self) -> list[UsePosture]:
        """The uses that count, the worst first."""
        found = [use for use in self.uses.values() if use.active]
        return sorted(found, key=lambda use: badness(use, use.stand)) if len(found) > 1 else found

    @property
    def worst_use(self) -> UsePosture | None:
        """The use that decides; None = none is rated yet."""
        return worst_of(use for use in self.uses.values() if use.active)

    @property
    def tier(self) -> int | None:
        """The strictest of the active uses."""
        return min((use.tier for use in self.uses.values() if use.tier is not None and use.active), default=None)

    @property
    def trend(self) -> tuple[Point, ...]:
        """The history up to and with the present."""
        use = self.worst_use
        return self.history if use is None or use.stand is None else appended(self.history, use.stand, self.on)

    @property
    def domains(self) -> dict[Domain, float]:
        """Residual risk of each domain in the active use where it is worst."""
        found: dict[Domain, float] = {}
        for use in self.active:
            for domain, left in use.stand.by_domain.items() if use.stand else ():
                found[domain] = max(left, found.get(domain, 0.0))
        return found


def appended(history: tuple[Point, ...], stand: Stand, on: date) -> tuple[Point, ...]:
    """A history with a further point, unless nothing moved."""
    if history and history[-1].score == stand.residual and history[-1].band is stand.band:
        return history
    return (*history, Point(on, stand.residual, stand.band, stand.confidence))[-LONGEST:]


def worst_of(uses: Iterable[UsePosture]) -> UsePosture | None:
    """The worst of those that are rated."""
    worst: UsePosture | None = None
    for use in uses:
        if use.stand is not None and (worst is None or badness(use, use.stand) < badness(worst, worst.stand)):
            worst = use
    return worst


def badness(use: UsePosture, judged: Stand | None) -> tuple[float, float, int]:
    """Order among uses: the worst first, then those that are not rated."""
    if judged is None:
        return (1.0, 0.0, use.id.int)
    return (-judged.band.rank, -judged.residual, use.id.int)
