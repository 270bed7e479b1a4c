"""Make the environment from requirements.lock, once: needs nothing but Python 3.11+, uses uv when it is there."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "tierce-installed"
NAMED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==", re.MULTILINE)
LAUNCHER = '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")/python" -m cli "$@"\n'


def main() -> None:
    if stamped():
        return
    with LOCK.open() as held:  # a second make waits here, and then finds everything done
        fcntl.flock(held, fcntl.LOCK_EX)
        if not stamped():
            install()
            STAMP.write_text(stamp())


def stamp() -> str:
    """Of this lock, this Python and this place: an environment cannot be moved."""
    return f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {sys.version_info[:2]} {VENV}\n"


def stamped() -> bool:
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text() == stamp()


def install() -> None:
    started, packages = time.monotonic(), len(set(NAMED.findall(LOCK.read_text())))
    uv = shutil.which("uv")
    make_environment(uv)
    if uv:
        say(f"Installing {packages} packages with uv …")
        run([uv, "pip", "install", "--quiet", "--compile-bytecode", "--require-hashes", "-r", LOCK, "--python", PYTHON])
    else:
        with_pip(packages)
    put_on_path()
    say(f"Installed {packages} packages in {time.monotonic() - started:.0f} s.", end="\n")


def make_environment(uv: str | None) -> None:
    """Keep one that works (it may hold what one added by hand); replace one that was cut off, moved or is too old."""
    probe = "import sys; sys.exit(sys.version_info < (3, 11))"
    if STAMP.exists() and not STAMP.read_text().endswith(f" {VENV}\n"):
        shutil.rmtree(VENV)
    if PYTHON.exists() and works("-c", probe) and (uv or works("-m", "pip", "--version") or works("-m", "ensurepip")):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    say("Making the environment …")
    if uv:
        run([uv, "venv", "--quiet", "--python", sys.executable, VENV])
    elif subprocess.run([sys.executable, "-m", "venv", VENV], check=False, capture_output=True).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        fail("This Python cannot make environments: install its venv module (on Debian: python3-venv) or uv.")


def works(*arguments: str) -> bool:
    return subprocess.run([PYTHON, *arguments], check=False, capture_output=True).returncode == 0


def with_pip(packages: int) -> None:
    """pip says "Collecting x" once for each package, then installs them all in silence."""
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar=off"]
    command += ["--require-hashes", "-r", LOCK]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    heard: list[str] = []
    seen = 0
    for line in process.stdout:
        heard.append(line)
        if line.startswith("Collecting "):
            seen += 1
            say(f"[{min(seen, packages)}/{packages}] {line.split()[1].split('==')[0]}")
        elif line.startswith("Installing collected"):
            say(f"[{packages}/{packages}] unpacking …")
    if process.wait():
        fail("Installation failed:\n" + "".join(heard[-15:]))


def put_on_path() -> None:
    """The checkout itself is the program: a line in the environment says where it lies."""
    found = subprocess.run(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    Path(found.stdout.strip(), "tierce.pth").write_text(f"{ROOT}\n")
    launcher = VENV / "bin" / "tierce"
    launcher.write_text(LAUNCHER)
    launcher.chmod(0o755)


def run(command: list[str | Path]) -> None:
    done = subprocess.run(command, check=False, stdout=sys.stderr)
    if done.returncode:
        fail("Installation failed: " + " ".join(map(str, command[:3])) + " said why above.")


def say(text: str, end: str = "") -> None:
    """One line that is written over; on a log, one line each time."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end=end, file=sys.stderr, flush=True)
    else:
        print(text, file=sys.stderr, flush=True)


def fail(sentence: str) -> None:
    print(f"\n{sentence}" if sys.stderr.isatty() else sentence, file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        os._exit(130)
