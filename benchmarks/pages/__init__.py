"""How long a page takes in the server with few and with many suppliers."""

from benchmarks.pages.browsing import NAME, run

__all__ = ["NAME", "run"]
