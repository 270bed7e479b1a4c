"""Find Chromium for the page tests, or install it where we may; prints its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")
ADVICE = (
    "The page tests need Chromium, and it could not be installed: put one on the PATH "
    "(on Debian: apt-get install chromium) or name its path in TIERCE_CHROMIUM."
)


def main() -> None:
    found = present() or downloaded() or by_apt() or by_playwright()
    if not found:
        sys.exit(ADVICE)
    print(found)


def present() -> str | None:
    named = os.environ.get("TIERCE_CHROMIUM")
    applications = (str(Path("/Applications", app)) for app in MACOS)
    candidates = [named, *map(shutil.which, NAMES), *applications]
    return next((path for path in candidates if path and Path(path).exists()), None)


def by_apt() -> str | None:
    """On Debian and its kin, when we are root."""
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        print("Installing Chromium with apt-get …", file=sys.stderr, flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in ("update", "install"):
            what = ["-y", "--no-install-recommends", "chromium"] if command == "install" else []
            subprocess.run([apt, command, "-qq", *what], stdout=sys.stderr, env=environment, check=False)
    return present()


def by_playwright() -> str | None:
    print("Installing Chromium with Playwright …", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, stdout=sys.stderr, check=False, timeout=300)
    except subprocess.TimeoutExpired:
        return None
    return downloaded()


def downloaded() -> str | None:
    """Where Playwright keeps its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    main()
