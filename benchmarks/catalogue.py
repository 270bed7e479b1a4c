"""The benchmarks, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from benchmarks import append, asof, decoding, mails, pages, projecting, rebuilding, verifying, visible
from benchmarks.measuring import Findings
from benchmarks.sizes import Sizes
from cli.embedded.postgres import Postgres

BENCHMARKS: Mapping[str, Callable[[Postgres, Sizes], Coroutine[Any, Any, Findings]]] = {
    append.NAME: append.run,
    projecting.NAME: projecting.run,
    rebuilding.NAME: rebuilding.run,
    visible.NAME: visible.run,
    mails.NAME: mails.run,
    pages.NAME: pages.run,
    asof.NAME: asof.run,
    decoding.NAME: decoding.run,
    verifying.NAME: verifying.run,
}
