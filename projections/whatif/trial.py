"""One supplier's history under another policy: every day on which something happened is judged by both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from projections import posture
from projections.posture.ground import policy_of
from projections.posture.inputs import inputs_of
from projections.posture.kept import SupplierPosture, UsePosture
from projections.posture.parts import FACTORS, Rated
from projections.view import but
from projections.whatif.outcome import Episode, Moved
from projections.whatif.why import why
from suppliers.eu_ai_act import EuClass
from suppliers.factors import Tier
from suppliers.policy import ScoringPolicy
from suppliers.ports import Recorded
from suppliers.posture import Band, Stand, sketch, stood
from suppliers.tiering import complete_facts, rate


@dataclass
class Course:
    """How one use fared under both."""

    before: Stand
    after: Stand
    changed: tuple[UsePosture, UsePosture, SupplierPosture] | None = None
    """The use as it was and as it would have been, on the last day on which the bands differed."""
    episodes: list[Episode] = field(default_factory=list)


@dataclass(frozen=True)
class Tried:
    """What became of a supplier: how its uses stand today under both, and those that moved."""

    standing: tuple[tuple[Band, Band], ...]
    moved: tuple[Moved, ...]


def tried(name: str, facts: Iterable[Recorded], trial: ScoringPolicy, today: date) -> Tried:
    """Replay a supplier's facts; `name` is what it is called today."""
    courses: dict[str, Course] = {}
    row: SupplierPosture | None = None
    for row in _days(facts):
        _compare(row, trial, courses)
    if row is None:
        return Tried((), ())
    if row.on < today:
        _compare(but(row, on=today), trial, courses)
    active = {str(use.id) for use in row.active}
    standing = tuple((each.before.band, each.after.band) for id, each in courses.items() if id in active)
    moved = tuple(_moved(name, each, trial) for each in courses.values() if each.changed)
    return Tried(standing, moved)


def rerated(use: UsePosture, trial: ScoringPolicy, on: date) -> UsePosture:
    """The use as the other policy rates it; a tier that somebody set stays as it was set."""
    assert use.rating is not None and use.intake is not None
    known, factors = use.classification, use.intake.named
    facts = complete_facts(
        use.intake.facts,
        factors,
        eu_class=known.eu_class if known else EuClass.UNCLASSIFIED,
        tier=None if use.tier is None else Tier(use.tier),
        on=on,
        route=known.route if known else None,
    )
    rated = rate(facts, factors, trial)
    tier = None if rated.tier is None else int(rated.tier)
    rating = Rated(scores=tuple([rated.scores[each] for each in FACTORS]), tier=tier, policy=rated.policy)
    return but(use, rating=rating, tier=tier if use.tier == use.rating.tier else use.tier)


def _days(facts: Iterable[Recorded]) -> Iterator[SupplierPosture]:
    """The supplier at the end of each day on which something was recorded that matters."""
    counted = (each for each in facts if type(each.event) in posture.VIEW.digests)
    rows: dict[str, SupplierPosture] = {}
    for _, events in groupby(counted, key=lambda each: each.recorded_at.date()):
        for each in events:
            rows.update({key: row for key, row in posture.VIEW.digest(rows, each).items() if row is not None})
        yield from rows.values()


def _compare(row: SupplierPosture, trial: ScoringPolicy, courses: dict[str, Course]) -> None:
    for use in row.uses.values():
        if use.rating is None or use.intake is None:
            continue
        other = rerated(use, trial, row.on)
        ours, theirs = inputs_of(use, row), inputs_of(other, row, trial)
        assert ours is not None and theirs is not None
        before, after = stood(ours, policy_of(use), row.on), stood(theirs, trial, row.on)
        course = courses.setdefault(str(use.id), Course(before, after))
        course.before, course.after = before, after
        _episode(course, row.on, use, other, row)


def _episode(course: Course, on: date, use: UsePosture, other: UsePosture, row: SupplierPosture) -> None:
    pair = (course.before.band, course.after.band) if use.active else (None, None)
    last = course.episodes[-1] if course.episodes else None
    if last is not None and last.until is None and (last.before, last.after) != pair:
        course.episodes[-1] = but(last, until=on)
    if pair[0] is not pair[1]:
        course.changed = (use, other, but(row, on=on))
        if last is None or last.until is not None or (last.before, last.after) != pair:
            course.episodes.append(Episode(since=on, until=None, before=course.before.band, after=course.after.band))


def _moved(name: str, course: Course, trial: ScoringPolicy) -> Moved:
    """In full for the last day on which the bands differed."""
    assert course.changed is not None
    use, other, row = course.changed
    ours, theirs = inputs_of(use, row), inputs_of(other, row, trial)
    assert ours is not None and theirs is not None
    before, after = sketch(ours, policy_of(use), row.on), sketch(theirs, trial, row.on)
    return Moved(
        supplier_id=row.id,
        supplier_name=name,
        use_id=use.id,
        title=use.title,
        on=row.on,
        before=before.band,
        after=after.band,
        score_before=before.residual,
        score_after=after.residual,
        tier_before=use.tier,
        tier_after=other.tier,
        reasons=why(before, after, policy_of(use), trial),
        episodes=tuple(course.episodes),
    )
