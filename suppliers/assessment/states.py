"""Where a round of questions stands."""

from __future__ import annotations

from datetime import timedelta

from suppliers.word import Word


class AssessmentState(Word):
    OPENED = "opened"
    SENDING = "sending"
    SENT = "sent"
    BEGUN = "begun"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


WITH_VENDOR = frozenset(
    {AssessmentState.SENDING, AssessmentState.SENT, AssessmentState.BEGUN, AssessmentState.RETURNED}
)
FINISHED = frozenset({AssessmentState.CLOSED, AssessmentState.WITHDRAWN, AssessmentState.LAPSED})
LAPSES_AFTER = timedelta(days=30)
"""A round nobody submitted lapses this long after its due date (domain reference, 8.3)."""
