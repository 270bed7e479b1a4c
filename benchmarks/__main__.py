"""`python -m benchmarks [names] [--quick]`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

import uvloop

from benchmarks.catalogue import BENCHMARKS
from benchmarks.machine import Moment, machine
from benchmarks.page import Page
from benchmarks.report import plain
from benchmarks.server import server, version_of
from benchmarks.sizes import FULL, QUICK


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios, not absolutes.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"some of {', '.join(BENCHMARKS)}; all by default")
    parser.add_argument("--quick", action="store_true", help="small and short; prints, but does not write the page")
    given = parser.parse_args(arguments)
    if unknown := set(given.names) - set(BENCHMARKS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    print(machine())
    for name in given.names or BENCHMARKS:
        measure(name, quick=given.quick)
    return 0


def measure(name: str, *, quick: bool) -> None:
    """One benchmark on a server of its own, so that none inherits what another left behind."""
    started, begun = time.monotonic(), Moment.now()
    with server() as postgres:
        findings = uvloop.run(BENCHMARKS[name](postgres, QUICK if quick else FULL))
        ended, version = Moment.now(), uvloop.run(version_of(postgres))
    print(f"\n{plain(findings)}")
    print(f"\n  {time.monotonic() - started:.0f} s, load average {begun.load:.1f} before, {ended.load:.1f} after")
    sys.stdout.flush()
    if not quick:
        Page().write(findings, begun, ended, postgres=version, order=list(BENCHMARKS))


if __name__ == "__main__":
    sys.exit(main())
