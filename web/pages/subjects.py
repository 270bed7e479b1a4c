"""A supplier's models and data sources as choices of a form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import asyncpg

from projections import dossier
from web.pages.asks import Options


async def subjects_of(pool: asyncpg.Pool[Any], supplier_id: UUID) -> Options:
    """Id and name of everything not retired."""
    found = await dossier.of(pool, supplier_id)
    if found is None:
        return ()
    models = [(str(each.id), each.name) for each in found.models.values() if each.retired_reason is None]
    sources = [(str(each.id), each.name) for each in found.data_sources.values() if each.retired_reason is None]
    return (*models, *sources)
