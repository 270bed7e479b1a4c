"""The docket: what the council is asked, what it decided, and whether its conditions are kept."""

from projections.docket import folds as folds  # its folds
from projections.docket.listing import Listed, listed
from projections.docket.queries import Item, conditions_due, decided, of, of_supplier, open_items
from projections.docket.rows import VIEW, ConditionState, ReviewCondition, ReviewRow

__all__ = [
    "VIEW",
    "ConditionState",
    "Item",
    "Listed",
    "ReviewCondition",
    "ReviewRow",
    "conditions_due",
    "decided",
    "listed",
    "of",
    "of_supplier",
    "open_items",
]
