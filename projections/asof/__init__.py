"""As of any moment: what was known then, or what was true then as far as is known now."""

from projections.asof.moment import (
    Axis,
    BeforeTheRecord,
    Moment,
    NoMoment,
    PositionIsKnown,
    StillToCome,
    Wanted,
    axis_of,
    end_of,
    wanted,
)
from projections.asof.past import Past
from projections.asof.reader import Archive, Looking, NotYetThere

__all__ = [
    "Archive",
    "Axis",
    "BeforeTheRecord",
    "Looking",
    "Moment",
    "NoMoment",
    "NotYetThere",
    "Past",
    "PositionIsKnown",
    "StillToCome",
    "Wanted",
    "axis_of",
    "end_of",
    "wanted",
]
