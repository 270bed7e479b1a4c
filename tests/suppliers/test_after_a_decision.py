"""What time does to a decision, and to its conditions."""

from __future__ import annotations

from datetime import timedelta

from desk import LEGAL, refused
from story import OWNER
from suppliers.errors import Ignored
from suppliers.governance import ExpireApproval, MeetCondition, MissCondition
from suppliers.ports import SYSTEM
from suppliers.review import Condition, Outcome, Review
from suppliers.use import UseState
from tests.suppliers.council import Council


def test_an_approval_expires_the_day_after_its_last(council: Council) -> None:
    until = council.desk.now.date() + timedelta(days=10)
    council.decide(valid_until=until)
    council.desk.pass_days(10)
    with refused(Ignored, council.desk):
        council.desk.hand_in(ExpireApproval(use_id=council.use_id), by=SYSTEM)
    council.desk.pass_days(1)
    council.desk.hand_in(ExpireApproval(use_id=council.use_id), by=SYSTEM)
    assert council.use.state is UseState.UNDER_REVIEW


def test_a_missed_condition_puts_the_use_under_review_and_a_met_one_does_not(council: Council) -> None:
    due = council.desk.now.date() + timedelta(days=5)
    conditions = tuple(Condition(text=text, owner=OWNER, due_on=due) for text in ("Opt-out", "Retest"))
    council.decide(Outcome.CONDITIONAL, conditions=conditions)
    council.desk.hand_in(MeetCondition(review_id=council.review_id, index=0, evidence="Signed"), by=LEGAL)
    council.desk.pass_days(6)
    with refused(Ignored, council.desk):
        council.desk.hand_in(MissCondition(review_id=council.review_id, index=0), by=SYSTEM)
    council.desk.hand_in(MissCondition(review_id=council.review_id, index=1), by=SYSTEM)
    assert council.use.state is UseState.UNDER_REVIEW
    assert council.desk.get(Review, council.review_id).missed == {1}
