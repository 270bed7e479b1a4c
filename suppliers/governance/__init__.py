"""Commands of governance: table a use, decide, watch the conditions; and what time does to decisions."""

from __future__ import annotations

from suppliers.governance import conditions, deciding, passing, tabling
from suppliers.governance.conditions import MeetCondition, MissCondition
from suppliers.governance.deciding import DecideReview, DeferReview
from suppliers.governance.passing import ExpireApproval, LapseSuspension, ReassessPosture
from suppliers.governance.tabling import RenewPack, TableReview, WithdrawReview
from suppliers.policy import ScoringPolicy
from suppliers.ports import Handlers

__all__ = [
    "DecideReview",
    "DeferReview",
    "ExpireApproval",
    "LapseSuspension",
    "MeetCondition",
    "MissCondition",
    "ReassessPosture",
    "RenewPack",
    "TableReview",
    "WithdrawReview",
]


def handlers(policy: ScoringPolicy) -> Handlers:
    """The table of this activity's commands."""
    return {**tabling.HANDLERS, **deciding.handlers(policy), **conditions.HANDLERS, **passing.HANDLERS}
