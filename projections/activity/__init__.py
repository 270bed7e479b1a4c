"""Activity: the audit trail, every fact as a sentence."""

from projections.activity.naming import names
from projections.activity.queries import Filters, of_supplier, page
from projections.activity.rows import VIEW, Entry
from projections.activity.sentence import sentence
from projections.activity.sentences import KINDS

__all__ = ["KINDS", "VIEW", "Entry", "Filters", "names", "of_supplier", "page", "sentence"]
