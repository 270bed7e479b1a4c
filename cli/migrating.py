"""`tierce migrate`: as the role that owns the tables, for the role that works with them."""

from __future__ import annotations

import asyncio
from urllib.parse import unquote, urlsplit

from cli.settings import settings_from_environment


def migrate() -> str:
    """TIERCE_OWNER_URL when it is set, else TIERCE_DATABASE_URL (then Tierce could change its own log: for trials)."""
    from migrations import migrate as bring_up

    settings = settings_from_environment()
    runtime = unquote(urlsplit(settings.database_url).username or "")
    if settings.owner_url is None:
        return asyncio.run(bring_up(settings.database_url))
    return asyncio.run(bring_up(settings.owner_url, runtime_role=runtime or None))
