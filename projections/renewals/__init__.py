"""Renewals: every day on which time changes something, for the timekeeper and for the calendar."""

from projections.renewals import attestations as attestations  # its folds
from projections.renewals import decisions as decisions
from projections.renewals import rounds as rounds
from projections.renewals.calendar import Entry, Filters, Stretch, calendar, stretch
from projections.renewals.queries import due
from projections.renewals.rows import VIEW, Due, Kind, Schedule

__all__ = ["VIEW", "Due", "Entry", "Filters", "Kind", "Schedule", "Stretch", "calendar", "due", "stretch"]
