"""What is said above a page when a view stands still: since when, what is up to date, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from projections.standing import Standing

NAMES = {
    "people": "The list of people",
    "register": "The suppliers list",
    "names": "What things are called and found by",
    "dossier": "What suppliers' pages list",
    "assessments": "The assessments list",
    "posture": "The risk scores",
    "docket": "The council's docket",
    "renewals": "The renewals list",
    "activity": "The activity list",
}


@dataclass(frozen=True, slots=True)
class Standstill:
    """Views that stand still for the same reason."""

    views: tuple[str, ...]
    since: datetime | None = None
    """None for views that are only late."""
    event: int = 0
    late: int = 0
    building: bool = False
    all: bool = False
    alone: bool = False
    """Every other view is up to date."""

    @property
    def what(self) -> str:
        if self.all:
            return "Every list"
        names = [NAMES.get(view, f"The view “{view}”") for view in self.views]
        rest = [name[0].lower() + name[1:] for name in names[1:]]
        return names[0] if not rest else f"{', '.join([names[0], *rest[:-1]])} and {rest[-1]}"

    @property
    def stands(self) -> str:
        one = self.all or (len(self.views) == 1 and self.views[0] not in ("posture", "dossier"))
        return "stands" if one or self.views == ("dossier",) else "stand"


def standstills(found: Sequence[Standing]) -> list[Standstill]:
    """Those that an event stopped, by that event; then those that have not moved for long."""
    stuck: dict[int, list[Standing]] = {}
    for each in found:
        if each.event is not None:
            stuck.setdefault(each.event, []).append(each)
    late = [each for each in found if each.late and not each.stuck]
    told = [
        Standstill(
            _names(of),
            since=min(each.since for each in of if each.since),
            event=event,
            all=len(of) == len(found),
            alone=len(of) < len(found) and len(stuck) == 1 and not late,
        )
        for event, of in stuck.items()
    ]
    for building in (True, False):
        if of := [each for each in late if each.building is building]:
            longest, whole = max(each.late for each in of), len(of) == len(found)
            told.append(Standstill(_names(of), late=longest, building=building, all=whole))
    return told


def _names(found: Iterable[Standing]) -> tuple[str, ...]:
    """In the order in which people know them."""
    order = {name: place for place, name in enumerate(NAMES)}
    return tuple(sorted((each.name for each in found), key=lambda name: order.get(name, len(order))))
