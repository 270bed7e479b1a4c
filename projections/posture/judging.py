"""From what is kept of a use to how it stands; what does not depend on the day is worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from projections.posture.answered import sections_of
from projections.posture.ground import Ground, ground_of, running_out
from projections.posture.inputs import findings
from projections.posture.kept import Round, SupplierPosture, UsePosture
from projections.posture.known import Judged, Known, known_of, notice
from projections.view import but
from suppliers.posture import Band, MandatoryAttestation, Stand, band_of, residual, same_until, stands, terms


def stand_of(use: UsePosture, row: SupplierPosture) -> Stand | None:
    """The numbers at the end of the row's day; None before it is rated."""
    if use.rating is None:
        return None
    if not row.pending and use.stand is not None:
        return use.stand
    return _known(use, row).judged.stand


def prospect(use: UsePosture, row: SupplierPosture) -> Iterator[tuple[Stand, date | None]]:
    """The numbers, and when time alone makes them worse; nothing before it is rated."""
    if use.rating is None:
        return
    if not row.pending and use.stand is not None:
        yield use.stand, use.next_change_on
    else:
        judged = _known(use, row).judged
        yield judged.stand, judged.change.next_change_on


def completed(use: UsePosture, row: SupplierPosture) -> UsePosture:
    """The use with its stand, and with what time alone will do to it."""
    if use.rating is None:
        return use if use.stand is None else but(use, stand=None, next_change_on=None, next_band=None)
    known = _known(use, row)
    if known.completed is None:
        judged = known.judged
        on, band = judged.change
        known.completed = but(use, stand=judged.stand, next_change_on=on, next_band=band)
    return known.completed


def as_before(closed: UsePosture, use: UsePosture) -> None:
    """A use is judged as it was before something changed of it that moves no number."""
    known = known_of(use)
    if known is not None:
        notice(closed, Known(known.ground, known.attestations, known.ends, known.suspended, known.judged))


def _known(use: UsePosture, row: SupplierPosture) -> Known:
    known, suspended = known_of(use), use.suspended or row.suspended
    if known is None:
        ground = ground_of(use, row.on)
        ends = running_out(use, row, _best(use, ground))
        return notice(
            use, Known(ground, row.attestations, ends, suspended, _judged(use, row.on, ground, ends, suspended))
        )
    ground, ends, same = known.ground, known.ends, known.suspended == suspended
    if known.attestations is not row.attestations or ground.dated:
        ends = running_out(use, row, _best(use, ground))
        same = same and ends == known.ends
        known.attestations = row.attestations
    if same and known.judged.holds(row.on):
        return known
    judged = _judged(use, row.on, ground, ends, suspended)
    if same:
        judged.follow(known.judged)
    return notice(use, Known(ground, row.attestations, ends, suspended, judged))


def _best(use: UsePosture, ground: Ground) -> Band:
    """No better than this, whatever is attested."""
    return ground.stand.band if use.counted is None else Band.ACCEPTABLE


def _judged(
    use: UsePosture, on: date, ground: Ground, ends: tuple[MandatoryAttestation, ...], suspended: str | None
) -> Judged:
    if use.counted is not None:
        return _by_answers(use, use.counted, on, ground, ends, suspended)
    given, stand = ground.given, ground.stand
    if not ends and suspended is None:
        return Judged(stand, given, ground.result, date.max)
    given = given._replace(inputs=but(given.inputs, attestations=ends, suspended=suspended), on=on)
    stand = but(stand, band=band_of(given, ground.result))
    return Judged(stand, given, ground.result, same_until(given, stand.band))


def _by_answers(
    use: UsePosture,
    counted: Round,
    on: date,
    ground: Ground,
    ends: tuple[MandatoryAttestation, ...],
    suspended: str | None,
) -> Judged:
    inputs = but(
        ground.given.inputs,
        sections=sections_of(counted, use.superseded_on),
        findings=findings(use),
        attestations=ends,
        suspended=suspended,
    )
    given = terms(inputs, ground.given.policy, on, ground.given.exposure)
    result = residual(given)
    stand = stands(given, result)
    return Judged(stand, given, result, same_until(given, stand.band))
