"""How much is measured: thoroughly, quickly while working on something, or only that it runs at all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Sizes:
    rounds: int
    long_rounds: int
    """Of what takes long."""
    seconds: float
    """Of one sample where a rate is measured over time."""
    writers: tuple[int, ...]
    copied: int
    """Appends in one COPY."""
    lives: int
    """Suppliers on the log that views are made from."""
    side_by_side: int
    """Suppliers whose lives go on while it is watched."""
    small: int
    """Suppliers of a small portfolio, whose pages a large one's are held against."""
    large: int
    huge: int
    letters: int
    requests: int
    """To each page in one round."""
    stream: int
    """Events of a long-lived aggregate."""
    loads: int
    library_events: int
    """For the library's runner, which commits each by itself."""
    sealed: int
    """Events of a log that is verified."""
    rates: tuple[int, ...]
    """Appends a second while it is measured when they are seen."""
    watch: float
    """Seconds of appending at such a rate."""
    only: str = ""
    """What the names of the pages that are measured hold; all by default."""


FULL = Sizes(
    rounds=5,
    long_rounds=3,
    seconds=0.7,
    writers=(1, 8, 32),
    copied=1_000,
    lives=500,
    side_by_side=500,
    small=1_000,
    large=20_000,
    huge=100_000,
    letters=200,
    requests=20,
    stream=1_000,
    loads=20,
    library_events=1_000,
    sealed=1_000_000,
    rates=(100, 1_000),
    watch=3.0,
)
QUICK = Sizes(
    rounds=2,
    long_rounds=1,
    seconds=0.12,
    writers=(1, 8, 32),
    copied=1_000,
    lives=60,
    side_by_side=300,
    small=60,
    large=240,
    huge=480,
    letters=60,
    requests=5,
    stream=1_000,
    loads=5,
    library_events=100,
    sealed=20_000,
    rates=(100, 1_000),
    watch=1.0,
)
TINY = Sizes(
    rounds=1,
    long_rounds=1,
    seconds=0.02,
    writers=(1, 2),
    copied=10,
    lives=4,
    side_by_side=4,
    small=4,
    large=8,
    huge=12,
    letters=6,
    requests=1,
    stream=20,
    loads=1,
    library_events=5,
    sealed=300,
    rates=(50,),
    watch=0.1,
)
