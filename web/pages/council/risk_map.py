"""The heat map of the docket: the worst suppliers by domain, and whether it moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from projections.posture import Heat
from web.pages.supplier.reading import DOMAINS, band_of_score

MOST = 8
NOTEWORTHY = 0.5


def risk_map(worst: Sequence[Heat], policy: str) -> list[dict[str, Any]]:
    """One row a supplier, the worst first; each cell leads to why."""
    return [_row(heat, policy) for heat in worst]


def _row(heat: Heat, policy: str) -> dict[str, Any]:
    here = f"/suppliers/{heat.supplier_id}"
    cells = [_cell(heat.domains.get(each), heat.before.get(each), here, policy) for each in DOMAINS]
    return {"name": heat.name, "href": here, "cells": cells}


def _cell(score: float | None, before: float | None, here: str, policy: str) -> dict[str, Any]:
    if score is None:
        return {"key": "not_assessed", "score": None}
    moved = 0 if before is None or abs(score - before) < NOTEWORTHY else 1 if score > before else -1
    return {"key": band_of_score(score, policy), "score": score, "moved": moved, "href": f"{here}#why"}
