"""Where people come in: the port that links in mails lead to, and what is said when it is open."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cli.embedded.folder import DataFolder
from cli.front import bind

PREFERRED_PORT = 8000


class Door(NamedTuple):
    """A port that only this machine reaches."""

    listener: socket.socket
    wanted: int

    @property
    def port(self) -> int:
        port: int = self.listener.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def opened(self, *, mails: str, data: Path) -> Iterator[str]:
        """What a person is told."""
        if self.port != self.wanted:
            yield f"Port {self.wanted} is taken, so this is port {self.port}."
        yield f"Tierce is ready at {self.url}  (mails: {mails}, data: {data}, stop: Ctrl-C)"


def door_of(folder: DataFolder, port: int | None) -> Door:
    """Where it was the last time, if it can be, so that links in mails still lead here after a restart."""
    wanted = port or int(folder.recall("port") or PREFERRED_PORT)
    door = Door(bind("127.0.0.1", wanted), wanted)
    folder.remember("port", str(door.port))
    return door
