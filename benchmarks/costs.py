"""What work costs the machine: the time that its processors spent on each event, in this process and the database."""

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import suppress

import psutil

from benchmarks.measuring import Measure, Sample, Table
from cli.embedded.postgres import Postgres


class Costs:
    """Noted beside the rates, of the same samples."""

    def __init__(self, postgres: Postgres) -> None:
        self._server = psutil.Process(postgres.pid)
        self._spent_by: dict[psutil.Process, float] = {}
        """As it was last seen; what a process took is not given back when it ends."""
        self._found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))

    def noted(self, title: str, label: str, sample: Sample) -> Sample:
        async def noting() -> float:
            begun, before = time.perf_counter(), self._spent()
            rate = await sample()
            events = rate * (time.perf_counter() - begun)
            self._found[title][label].append((self._spent() - before) / events * 1e6)
            return rate

        return noting

    def tables(self, baseline: str) -> list[Table]:
        """Without the round that does not count."""
        return [
            Table(
                f"Processor time, {title}",
                "µs for each event",
                "less",
                tuple(Measure(label, tuple(values[1:])) for label, values in found.items()),
                baseline,
            )
            for title, found in self._found.items()
        ]

    def _spent(self) -> float:
        """Seconds of all processors."""
        for process in (self._server, *self._server.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                self._spent_by[process] = times.user + times.system
        return time.process_time() + sum(self._spent_by.values())
