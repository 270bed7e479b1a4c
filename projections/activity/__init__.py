"""Activity: the audit trail, every fact as a sentence."""

from projections.activity.entries import Entry, entry
from projections.activity.naming import names
from projections.activity.queries import Filters, Log, of_record, of_supplier, page
from projections.activity.rows import VIEW, Mention
from projections.activity.sentence import sentence
from projections.activity.sentences import KINDS

__all__ = [
    "KINDS",
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
    "sentence",
]
