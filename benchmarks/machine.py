"""On what, with what and beside what else it was measured."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("asyncpg", "eventsourcing", "psycopg", "pydantic", "uvloop", "aiosmtplib", "aiosmtpd", "fastapi")


@dataclass(frozen=True)
class Moment:
    """The clock and how busy the machine is: work of others shows here."""

    at: datetime
    load: float

    @classmethod
    def now(cls) -> Moment:
        return cls(datetime.now(UTC), os.getloadavg()[0])


def machine() -> str:
    """Processor, memory and system, in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def versions(postgres: str) -> str:
    """What it ran on, in a line."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"Python {sys.version.split()[0]}, PostgreSQL {postgres}, {packages}"


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
