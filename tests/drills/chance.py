"""The seed of a drill: another each time, and the same again when DRILL_SEED names it."""

from __future__ import annotations

import os
import secrets
from functools import cache


@cache
def seed() -> int:
    found = int(os.environ.get("DRILL_SEED", secrets.randbelow(10**6)))
    print(f"DRILL_SEED={found}")
    return found
