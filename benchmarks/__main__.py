"""`python -m benchmarks [names] [--quick] [--only TEXT]`."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import replace

import uvloop

from benchmarks.catalogue import BENCHMARKS
from benchmarks.machine import Moment, machine
from benchmarks.page import Page
from benchmarks.report import plain
from benchmarks.server import server, version_of
from benchmarks.sizes import FULL, QUICK, Sizes


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios, not absolutes.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"some of {', '.join(BENCHMARKS)}; all by default")
    parser.add_argument("--quick", action="store_true", help="small and short; prints, but does not write the page")
    parser.add_argument(
        "--only", metavar="TEXT", help="pages whose name holds this; prints, but does not write the page"
    )
    given = parser.parse_args(arguments)
    if unknown := set(given.names) - set(BENCHMARKS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    print(machine())
    sizes = QUICK if given.quick else FULL
    sizes = replace(sizes, only=given.only) if given.only else sizes
    failed = [name for name in given.names or BENCHMARKS if not tried(name, sizes, kept=sizes is FULL)]
    if failed:
        print(f"\nFailed: {', '.join(failed)}; what the page says of them is what it said before.", file=sys.stderr)
    return len(failed)


def tried(name: str, sizes: Sizes, *, kept: bool) -> bool:
    """One that fails does not take the others' time with it."""
    try:
        measure(name, sizes, kept=kept)
    except Exception:
        traceback.print_exc()
        return False
    return True


def measure(name: str, sizes: Sizes, *, kept: bool) -> None:
    """One benchmark on a server of its own, so that none inherits what another left behind; `kept` on the page."""
    started, begun = time.monotonic(), Moment.now()
    with server() as postgres:
        findings = uvloop.run(BENCHMARKS[name](postgres, sizes))
        ended, version = Moment.now(), uvloop.run(version_of(postgres))
    print(f"\n{plain(findings)}")
    print(f"\n  {time.monotonic() - started:.0f} s, load average {begun.load:.1f} before, {ended.load:.1f} after")
    sys.stdout.flush()
    if kept:
        Page().write(findings, begun, ended, postgres=version, order=list(BENCHMARKS))


if __name__ == "__main__":
    sys.exit(main())
