"""Views made again from the log, beside those that are read meanwhile."""

from projections.rebuild.building import Stopped, Underway, rebuild, rebuild_all
from projections.rebuild.source import Log, Source
from projections.rebuild.swapping import StillRead

__all__ = ["Log", "Source", "StillRead", "Stopped", "Underway", "rebuild", "rebuild_all"]
