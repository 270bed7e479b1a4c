"""`tierce doctor`: what is missing or wrong, before it is noticed elsewhere."""

from __future__ import annotations

import asyncio
import platform
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from cli.health import Dependency, Found, change_said, probe
from cli.pool import open_pool
from cli.probes import probe_nats, probe_postgres, probe_smtp
from cli.readers import Lag, lags
from cli.sealing.examining import unsealed, unsigned
from cli.settings import Settings
from projections.log_change import log_changes

LEAST_ROOM = 1_000_000_000
LATE = 60.0


def examine(data: Path | None, *, say: Callable[[str], None]) -> bool:
    """True when all is well."""
    from cli.place import settings_of

    settings = settings_of(data)
    found, behind, open_log = asyncio.run(_ask(settings))
    room = shutil.disk_usage(data or Path()).free
    say(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}")
    for each in found:
        say(f"{each.name}: {each.error or f'answers in {each.milliseconds:.0f} ms'}")
    for lag in behind:
        say(f"{lag.name}: {lag.events} events behind, the first for {lag.seconds:.0f} s")
    for sentence in [*open_log, *unsigned(settings)]:
        say(sentence)
    if room < LEAST_ROOM:
        say(f"disk: only {room / 1e6:.0f} MB are free")
    return all(each.ok for each in found) and not behind and not open_log and room >= LEAST_ROOM


async def _ask(settings: Settings) -> tuple[Sequence[Found], Sequence[Lag], Sequence[str]]:
    async with open_pool(settings.database_url, connections=2, name="tierce doctor") as pool:
        dependencies = [
            Dependency("postgres", partial(probe_postgres, pool), required=True),
            Dependency("nats", partial(probe_nats, settings.nats_url), required=False),
            Dependency("smtp", partial(probe_smtp, settings.smtp_url), required=False),
        ]
        found = [await probe(each) for each in dependencies]
        behind = [lag for lag in await lags(pool) if lag.seconds > LATE] if found[0].ok else []
        open_log = [*map(change_said, await log_changes(pool)), *await unsealed(pool)] if found[0].ok else []
    return found, behind, open_log
