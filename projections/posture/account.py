"""How a supplier's uses stand on its row's day, gone through once for columns and history alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from projections.beside import Beside
from projections.posture.judging import judged_of
from projections.posture.kept import SupplierPosture, badness
from projections.posture.known import Judged
from suppliers.posture import Stand


@dataclass(slots=True)
class Account:
    """Of all uses of a row."""

    judged: dict[str, Judged]
    """Of those that are rated."""
    active: list[Judged]
    """Of those of them that count."""
    worst: Stand | None
    tier: int | None
    """The strictest of the active uses, rated or not."""

    @property
    def changes_on(self) -> date | None:
        """The first day on which time makes one of them worse."""
        return min([on for each in self.active if (on := each.change.next_change_on) is not None], default=None)


def account_of(row: SupplierPosture) -> Account:
    found = _kept.of(row)
    return _kept.keep(row, _account(row)) if found is None else found


def with_account(row: SupplierPosture, account: Account) -> SupplierPosture:
    """A row of which the same is known already."""
    _kept.keep(row, account)
    return row


def written_on(row: SupplierPosture) -> SupplierPosture:
    """A row that is about to be changed, and may be so in place."""
    _kept.forget(row)
    return row


def _account(row: SupplierPosture) -> Account:
    found, active = {}, []
    worst, place, tier = None, None, None
    for id, use in row.uses.items():
        if counts := use.active:
            tier = use.tier if tier is None or (use.tier is not None and use.tier < tier) else tier
        judged = judged_of(use, row)
        if judged is None:
            continue
        found[id] = judged
        if counts:
            active.append(judged)
            at = badness(use, judged.stand)
            if place is None or at < place:
                worst, place = judged.stand, at
    return Account(found, active, worst, tier)


_kept: Beside[SupplierPosture, Account] = Beside(SupplierPosture, "account")
