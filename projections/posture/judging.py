"""From what is kept of a use to how it stands; what does not depend on the day is worked out once."""

from __future__ import annotations

from datetime import date
from typing import Any

from projections.posture.answered import sections_of
from projections.posture.ground import DAY, dated, eu_class, factors_of, inputs_alone, policy_of, running_out
from projections.posture.inputs import findings
from projections.posture.kept import SupplierPosture, UsePosture
from projections.posture.known import Judged, Known, known
from projections.view import but, within
from suppliers.posture import Band, Change, MandatoryAttestation, Stand, residual, same_until, stands, terms, unanswered

Ends = tuple[MandatoryAttestation, ...]


def judged_of(use: UsePosture, row: SupplierPosture) -> Judged | None:
    """How it stands at the end of the row's day; None before it is rated."""
    if use.rating is None:
        return None
    if not row.pending and use.stand is not None:
        return Judged(use.stand, row.on, row.on, known_change=Change(use.next_change_on, use.next_band))
    return _known(use, row).judged


def completed(use: UsePosture, row: SupplierPosture) -> UsePosture:
    """The use with its stand, and with what time alone will do to it; the same is known of it then. How it stood before
    is left out where nothing moved."""
    if use.rating is None:
        return use if use.stand is None else but(use, stand=None, next_change_on=None, next_band=None)
    found = _known(use, row)
    if found.completed is None:
        stand, (on, band), was = found.judged.stand, found.judged.change, use.was
        before = None if was == stand else was
        found.completed = but(use, stand=stand, next_change_on=on, next_band=band, before=before)
        known.keep(found.completed, found)
    return found.completed


def unmoved(row: SupplierPosture, id: str, **changes: Any) -> SupplierPosture:
    """The row with a use of which something changed that moves no number: it is judged as it was."""
    found = known.of(row.uses[id])
    after = within(row, "uses", id, **changes)
    if found is not None:
        known.keep(after.uses[id], found.of_another(found.judged))
    return after


def reanswered(row: SupplierPosture, id: str, **changes: Any) -> SupplierPosture:
    """The row with a use to which there are other answers: how it stands without any, and what runs out, stays."""
    use = row.uses[id]
    found = None if use.counted is None else known.of(use)
    after = within(row, "uses", id, **changes)
    if found is None:
        known.forget(after.uses[id])
    else:
        known.keep(after.uses[id], found.of_another(found.judged.over))
    return after


def _known(use: UsePosture, row: SupplierPosture) -> Known:
    found, suspended = known.of(use), use.suspended or row.suspended
    if found is None:
        return known.keep(use, _first(use, row, suspended))
    unchanged = found.attestations is row.attestations
    if unchanged and found.suspended == suspended and found.judged.holds(row.on):
        return found
    ends = found.ends if unchanged and not dated(use) else running_out(use, row, _best(use, found.alone))
    same = found.suspended == suspended and found.ends == ends
    if same and found.judged.holds(row.on):
        found.attestations = row.attestations
        return found
    judged = _judged(use, row.on, found.alone, ends, suspended)
    if same:
        judged.follow(found.judged)
    return known.keep(use, Known(found.alone, row.attestations, ends, suspended, judged))


def _first(use: UsePosture, row: SupplierPosture, suspended: str | None) -> Known:
    alone = unanswered(factors_of(use), eu_class(use), policy_of(use))
    ends = running_out(use, row, _best(use, alone))
    return Known(alone, row.attestations, ends, suspended, _judged(use, row.on, alone, ends, suspended))


def _best(use: UsePosture, alone: Stand) -> Band:
    """No better than this, whatever is attested."""
    return alone.band if use.counted is None else Band.ACCEPTABLE


def _judged(use: UsePosture, on: date, alone: Stand, ends: Ends, suspended: str | None) -> Judged:
    if use.counted is None and not ends and suspended is None:
        return Judged(alone, on, on + DAY if dated(use) else date.max)
    inputs = but(
        inputs_alone(use),
        sections=() if use.counted is None else sections_of(use.counted, use.superseded_on),
        findings=findings(use),
        attestations=ends,
        suspended=suspended,
    )
    given = terms(inputs, policy_of(use), on)
    result = residual(given)
    stand = stands(given, result)
    until = on + DAY if dated(use) else same_until(given, stand.band)
    return Judged(stand, on, until, found_by=(given, result))
