"""Dossiers for the pages, where the key that signs them is at hand."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from uuid import UUID

from cli.settings import Misconfigured, Settings
from web.pages.supplier.dossier import NoDossier
from web.services import Extract


def offered(settings: Settings) -> Callable[[UUID, Extract | None], Awaitable[bytes]] | None:
    """None where heads of the log are not signed."""
    if settings.signing_key is None:
        return None

    async def dossier(supplier: UUID, extract: Extract | None = None) -> bytes:
        try:
            return await asyncio.to_thread(_made, settings, str(supplier), extract)
        except Misconfigured as reason:
            raise NoDossier(str(reason)) from None

    return dossier


def _made(settings: Settings, supplier: str, extract: Extract | None) -> bytes:
    """In a thread with a loop of its own: a tree over a long log is seconds of work."""
    from cli.dossier.exporting import export_dossier

    file = io.BytesIO()
    asyncio.run(export_dossier(settings, supplier, file, extract=extract))
    return file.getvalue()
