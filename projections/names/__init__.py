"""Names: what everything is called, whose it is, and by which words it is found."""

from projections.names import folds as folds
from projections.names.duplicates import candidates, likely_duplicates
from projections.names.queries import FEW, Suppliers, Thing, called, numbered, owner_of, suppliers, things
from projections.names.rows import VIEW, Kind, Named
from projections.names.titles import title

__all__ = [
    "FEW",
    "VIEW",
    "Kind",
    "Named",
    "Suppliers",
    "Thing",
    "called",
    "candidates",
    "likely_duplicates",
    "numbered",
    "owner_of",
    "suppliers",
    "things",
    "title",
]
