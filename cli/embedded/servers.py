"""The embedded servers together: started side by side, started again when one dies, stopped in order."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from cli.embedded.nats import Nats
from cli.embedded.postgres import Postgres

log = logging.getLogger(__name__)
LOOK = 0.5  # seconds


class Servers:
    def __init__(self, folder: Path) -> None:
        self.postgres = Postgres(folder / "postgres")
        self.nats = Nats(folder / "nats")

    def start(self) -> None:
        """From the main thread (see Child). NATS first: it comes up while PostgreSQL makes its folder."""
        self.nats.start()
        self.postgres.start()
        self.postgres.wait()
        self.nats.wait()

    async def keep(self) -> None:
        """The addresses stay the same, so whoever was connected comes back by itself."""
        while True:
            await asyncio.sleep(LOOK)
            for server in (self.postgres, self.nats):
                if not server.running:
                    log.error("%s died; starting it again", type(server).__name__)
                    server.start()
                    await asyncio.to_thread(server.wait)

    def stop(self) -> None:
        """Both at once: a person waits for it."""
        self.nats.ask_to_stop()
        self.postgres.stop()
        self.nats.stop()
