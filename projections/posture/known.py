"""What was found of a use, kept beside it: it is the same until the use, or what its supplier gave, is another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from projections.posture.inputs import ANY_DAY, Basis, HeldFor
from projections.posture.kept import Attested, UsePosture
from suppliers.posture import Change, Stand, Terms, next_change


@dataclass(slots=True)
class Judged:
    """How a use stands on a day, or on any, and what that was found by."""

    stand: Stand
    given: Terms
    on: date
    _change: Change | None = None

    def holds(self, on: date) -> bool:
        """Whether it is so on that day."""
        return self.on is ANY_DAY or self.on == on

    def follow(self, before: Judged) -> None:
        """Nothing but time went by since: what it will do it does on the same day, unless it has already."""
        then = before._change
        if then is None or then.next_change_on is None or before.stand.band is not self.stand.band:
            return
        if before.on <= self.on < then.next_change_on:
            self._change = then

    @property
    def change(self) -> Change:
        """What time alone will do: found once, however many uses stand like this."""
        if self._change is None:
            self._change = next_change(self.given, self.stand.band)
        return self._change


@dataclass(slots=True)
class Known:
    """Of one use, and by what that was found."""

    basis: Basis
    attestations: Mapping[str, Attested]
    held: HeldFor
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
