"""A review: what the council is asked, on which posture, and what it decided with which reasons and conditions."""

from suppliers.review.condition import Condition
from suppliers.review.outcome import APPROVALS, Outcome, ReviewState
from suppliers.review.pack import Pack
from suppliers.review.review import Review

__all__ = ["APPROVALS", "Condition", "Outcome", "Pack", "Review", "ReviewState"]
