"""Where the page tests' browser is."""

from __future__ import annotations

import os
from shutil import which


def chromium_path() -> str:
    """For Playwright's `executable_path`; `make test` sees to it that there is one."""
    found = os.environ.get("TIERCE_CHROMIUM") or which("chromium") or which("google-chrome")
    assert found, "The page tests need Chromium: run them with make test, or name its path in TIERCE_CHROMIUM."
    return found
