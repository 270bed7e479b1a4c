"""The register: every supplier in a line, with search, filters, order, and likely duplicates."""

from projections.register import standings as standings  # its folds
from projections.register.counts import MOST, Census, Counts, census, counts
from projections.register.lines import VIEW, Line, of
from projections.register.pages import Filters, Listed, Page, Sort, page
from projections.register.searching import searched
from projections.register.trends import trends

__all__ = [
    "MOST",
    "VIEW",
    "Census",
    "Counts",
    "Filters",
    "Line",
    "Listed",
    "Page",
    "Sort",
    "census",
    "counts",
    "of",
    "page",
    "searched",
    "trends",
]
