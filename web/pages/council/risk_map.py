"""The heat map of the docket: the worst suppliers by domain, and whether it moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import asyncpg

from projections import posture
from projections.posture import Heat
from suppliers.questionnaires import Domain
from web.pages.supplier.reading import DOMAINS, band_of_score

MOST = 8
NOTEWORTHY = 0.5


async def risk_map(pool: asyncpg.Pool[Any], policy: str) -> list[dict[str, Any]]:
    """One row a supplier, the worst first; each cell leads to why."""
    return [await _row(pool, heat, policy) for heat in await posture.worst(pool, limit=MOST)]


async def _row(pool: asyncpg.Pool[Any], heat: Heat, policy: str) -> dict[str, Any]:
    here = f"/suppliers/{heat.supplier_id}"
    kept = await posture.of(pool, heat.supplier_id)
    before: Mapping[Domain, float] = {}
    if kept and kept.worst_use and kept.worst_use.before:
        before = {each.domain: each.residual for each in kept.worst_use.before.domains}
    cells = [_cell(heat.domains.get(each), before.get(each), here, policy) for each in DOMAINS]
    return {"name": heat.name, "href": here, "cells": cells}


def _cell(score: float | None, before: float | None, here: str, policy: str) -> dict[str, Any]:
    if score is None:
        return {"key": "not_assessed", "score": None}
    moved = 0 if before is None or abs(score - before) < NOTEWORTHY else 1 if score > before else -1
    return {"key": band_of_score(score, policy), "score": score, "moved": moved, "href": f"{here}#why"}
