"""Activity: the audit trail, every fact as a sentence."""

from projections.activity.entries import Entry, entry
from projections.activity.naming import names
from projections.activity.places import Filters
from projections.activity.queries import Log, of_record, of_supplier, page, positions_of, unlisted
from projections.activity.rows import PROMPT, VIEW, Mention, supplier_of
from projections.activity.sentence import sentence
from projections.activity.sentences import KINDS

__all__ = [
    "KINDS",
    "PROMPT",
    "VIEW",
    "Entry",
    "Filters",
    "Log",
    "Mention",
    "entry",
    "names",
    "of_record",
    "of_supplier",
    "page",
    "positions_of",
    "sentence",
    "supplier_of",
    "unlisted",
]
