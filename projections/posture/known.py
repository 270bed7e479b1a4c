"""What was found of a use, kept beside it: it is the same until the use, or what its supplier gave, is another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from projections.beside import Beside
from projections.posture.kept import UsePosture
from projections.posture.parts import Attested
from suppliers.posture import Change, MandatoryAttestation, Residual, Stand, Terms, next_change

NEVER = Change(None, None)


@dataclass(slots=True)
class Judged:
    """How a use stands from a day on, and what time alone will do to it."""

    stand: Stand
    since: date
    until: date
    """The first day on which it may be otherwise."""
    found_by: tuple[Terms, Residual] | None = None
    """Of what ages: when that makes it worse takes longer to find, and is found when it is first asked for."""
    known_change: Change = NEVER

    def holds(self, on: date) -> bool:
        """Whether it is so on that day."""
        return self.since <= on < self.until

    def follow(self, before: Judged) -> None:
        """Nothing but time went by since: what it will do it does on the same day, unless it has already."""
        then = before.known_change
        if then.next_change_on is None or before.stand.band is not self.stand.band:
            return
        if before.since <= self.since < then.next_change_on:
            self.known_change, self.found_by = then, None

    @property
    def over(self) -> Judged:
        """How it stood before something changed; so on no day any more."""
        return Judged(self.stand, self.since, self.since)

    @property
    def change(self) -> Change:
        """What time alone will do."""
        if self.found_by is not None:
            self.known_change, self.found_by = next_change(*self.found_by, self.stand.band), None
        return self.known_change


@dataclass(slots=True)
class Known:
    """Of one use, and by what that was found."""

    alone: Stand
    """How it stands by its intake, class and rating alone: no better, whatever is attested."""
    attestations: Mapping[str, Attested]
    ends: tuple[MandatoryAttestation, ...]
    """Those that run out some day, and make it worse then."""
    suspended: str | None
    judged: Judged
    completed: UsePosture | None = None

    def of_another(self, judged: Judged) -> Known:
        """The same of what became of the use."""
        return Known(self.alone, self.attestations, self.ends, self.suspended, judged)


known: Beside[UsePosture, Known] = Beside(UsePosture, "found")
