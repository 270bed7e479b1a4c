"""What was found of a use, kept beside it: it is the same until the use, or what its supplier gave, is another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from projections.posture.ground import Ground
from projections.posture.kept import Attested, UsePosture
from suppliers.posture import Change, MandatoryAttestation, Residual, Stand, Terms, next_change


@dataclass(slots=True)
class Judged:
    """How a use stands from a day on, and what that was found by."""

    stand: Stand
    given: Terms
    result: Residual
    until: date
    """The first day on which it may be otherwise."""
    _change: Change | None = None

    def holds(self, on: date) -> bool:
        """Whether it is so on that day."""
        return self.given.on <= on < self.until

    def follow(self, before: Judged) -> None:
        """Nothing but time went by since: what it will do it does on the same day, unless it has already."""
        then = before._change
        if then is None or then.next_change_on is None or before.stand.band is not self.stand.band:
            return
        if before.given.on <= self.given.on < then.next_change_on:
            self._change = then

    @property
    def change(self) -> Change:
        """What time alone will do: found when it is first asked for."""
        if self._change is None:
            self._change = next_change(self.given, self.result, self.stand.band)
        return self._change


@dataclass(slots=True)
class Known:
    """Of one use, and by what that was found."""

    ground: Ground
    attestations: Mapping[str, Attested]
    ends: tuple[MandatoryAttestation, ...]
    """Those that run out some day."""
    suspended: str | None
    judged: Judged
    completed: UsePosture | None = None


def known_of(use: UsePosture) -> Known | None:
    try:
        known: Known | None = _GET(use)
    except AttributeError:
        return None
    return known


def notice(use: UsePosture, known: Known) -> Known:
    _SET(use, known)
    return known


def forget(use: UsePosture) -> None:
    """It is written on: nothing that was found of it holds."""
    _SET(use, None)


_SLOT = vars(UsePosture)["found"]
_GET, _SET = _SLOT.__get__, _SLOT.__set__
