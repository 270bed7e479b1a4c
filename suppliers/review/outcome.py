"""What the council can decide."""

from __future__ import annotations

from suppliers.word import Word


class Outcome(Word):
    """What the council can decide."""

    APPROVE = "approve"
    CONDITIONAL = "approve_with_conditions"
    REJECT = "reject"
    SUSPEND = "suspend"


APPROVALS = frozenset({Outcome.APPROVE, Outcome.CONDITIONAL})


class ReviewState(Word):
    TABLED = "tabled"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
