"""What many pages count: suppliers by standing, tier, band and owner, rounds by stage, what waits to be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections import assessments, dossier, posture, register
from projections.remembered import Remembered

if TYPE_CHECKING:
    from projections.storage import Pool

MANY = 5_000


class Tallies:
    """One for each process."""

    def __init__(self, pool: Pool) -> None:
        self.suppliers = Remembered(
            pool, (register.VIEW, posture.VIEW), register.census, lambda census: census.size > MANY
        )
        self.rounds = Remembered(
            pool,
            (assessments.VIEW,),
            assessments.stages,
            lambda stages: sum(number for number, _ in stages.values()) > MANY,
        )
        self.to_verify = Remembered(pool, (dossier.VIEW,), dossier.number_to_verify, lambda number: number > MANY)
