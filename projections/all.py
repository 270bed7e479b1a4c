"""Every view there is."""

from __future__ import annotations

from typing import Any

from projections import activity, assessments, docket, dossier, names, people, posture, register, renewals
from projections.view import View

VIEWS: tuple[View[Any], ...] = (
    people.VIEW,
    names.VIEW,
    register.VIEW,
    dossier.VIEW,
    assessments.VIEW,
    posture.VIEW,
    docket.VIEW,
    renewals.VIEW,
    activity.VIEW,
)


def view(name: str) -> View[Any]:
    """The view of this name."""
    return next(each for each in VIEWS if each.name == name)
