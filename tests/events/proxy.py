"""Between a client and PostgreSQL: a line that can be cut or go silent at the worst moment."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qs, urlsplit


class Proxy:
    """Listens on a free port and forwards to the server's socket."""

    def __init__(self, dsn: str) -> None:
        parts = urlsplit(dsn)
        query = parse_qs(parts.query)
        self._socket = f"{query['host'][0]}/.s.PGSQL.{query.get('port', ['5432'])[0]}"
        self._parts = parts
        self._writers: list[asyncio.StreamWriter] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._talking = asyncio.Event()
        self._talking.set()
        self.cut_next_answer = False

    async def __aenter__(self) -> Proxy:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.dsn = f"postgresql://{self._parts.username}@127.0.0.1:{port}{self._parts.path}?sslmode=disable"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.cut()
        for task in self._tasks:
            task.cancel()

    def cut(self) -> None:
        for writer in self._writers:
            writer.close()
        self._writers.clear()

    def freeze(self) -> None:
        """Stay connected, say nothing more."""
        self._talking.clear()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_unix_connection(self._socket)
        self._writers += [writer, server_writer]
        for source, target, answers in ((reader, server_writer, False), (server_reader, writer, True)):
            task = asyncio.create_task(self._forward(source, target, answers=answers))
            self._tasks.add(task)

    async def _forward(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, answers: bool) -> None:
        while data := await source.read(65536):
            await self._talking.wait()
            if answers and self.cut_next_answer:
                self.cut_next_answer = False
                self.cut()
                return
            target.write(data)
        target.close()
