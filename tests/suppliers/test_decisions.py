"""Who may decide, on which posture, and what a decision does."""

from __future__ import annotations

from datetime import date, timedelta

from desk import PROCUREMENT, RISK, SECURITY, MemoryDesk, refused
from story import OWNER
from suppliers.errors import (
    AboveAppetite,
    AlreadyDecided,
    AlreadyRetired,
    AlreadyTabled,
    BlockedByKnockOut,
    ConditionsMissing,
    ConditionsUnexpected,
    DeferredToThePast,
    NoSeat,
    OwnRequest,
    PackOutdated,
    ReasonMissing,
    StaleWrite,
    ValidityTooLong,
)
from suppliers.governance import DeferReview, RenewPack, TableReview, WithdrawReview
from suppliers.intake import RetireUse
from suppliers.ports import Actor, Role
from suppliers.review import Condition, Outcome
from suppliers.supplier import Standing
from suppliers.use import UseState
from tests.suppliers.council import PACK, Council


def test_an_approval_approves_use_and_supplier_in_one_go(council: Council) -> None:
    assert council.decide() == ["Supplier.Approved", "Use.Approved", "Review.Decided"]
    assert council.use.state is UseState.APPROVED
    assert council.supplier.standing is Standing.APPROVED
    with refused(AlreadyDecided, council.desk):
        council.decide()


def test_without_a_seat_nobody_decides(council: Council) -> None:
    for actor in (PROCUREMENT, RISK):
        with refused((NoSeat if actor is RISK else OwnRequest), council.desk):
            council.decide(by=actor)


def test_requester_and_owner_cannot_decide_even_with_a_seat(council: Council) -> None:
    seats = frozenset({Role.LEGAL})
    for id in (council.use.requester, OWNER):
        with refused(OwnRequest, council.desk):
            council.decide(by=Actor(id=id, roles=seats))


def test_the_risk_manager_alone_decides_in_tier_four(desk: MemoryDesk) -> None:
    council = Council(desk, PACK.model_copy(update={"tier": 4}))
    assert "Review.Decided" in council.decide(by=RISK)


def test_a_decision_needs_reasons(council: Council) -> None:
    with refused(ReasonMissing, council.desk):
        council.decide(reasons=" ")


def test_conditions_belong_to_conditional_approvals_only(council: Council) -> None:
    condition = Condition(text="Written opt-out", owner=OWNER, due_on=council.desk.now.date() + timedelta(days=30))
    with refused(ConditionsMissing, council.desk):
        council.decide(Outcome.CONDITIONAL)
    with refused(ConditionsUnexpected, council.desk):
        council.decide(conditions=(condition,))
    council.decide(Outcome.CONDITIONAL, conditions=(condition,))
    assert council.supplier.standing is Standing.CONDITIONAL
    assert council.use.approved_until == council.desk.now.date() + timedelta(days=180)


def test_a_moved_posture_makes_the_pack_outdated_until_it_is_renewed(council: Council) -> None:
    worse = PACK.model_copy(update={"residual": 45.5, "band": "elevated", "within_appetite": False})
    with refused(PackOutdated, council.desk):
        council.decide(current=worse)
    council.desk.hand_in(RenewPack(review_id=council.review_id, pack=worse), by=RISK)
    with refused(AboveAppetite, council.desk):
        council.decide(current=worse)
    council.decide(Outcome.REJECT, current=worse)
    assert council.use.state is UseState.REJECTED


def test_a_small_move_does_not_stop_a_decision(council: Council) -> None:
    council.decide(current=PACK.model_copy(update={"residual": 42.0, "position": 140}))
    assert council.use.state is UseState.APPROVED


def test_an_open_knock_out_bars_any_approval(desk: MemoryDesk) -> None:
    council = Council(desk, PACK.model_copy(update={"band": "blocked", "knock_outs": ("TRD-05",)}))
    for outcome in (Outcome.APPROVE, Outcome.CONDITIONAL):
        with refused(BlockedByKnockOut, desk):
            council.decide(outcome)


def test_an_approval_lasts_at_most_as_long_as_the_cadence(council: Council) -> None:
    with refused(ValidityTooLong, council.desk):
        council.decide(valid_until=council.desk.now.date() + timedelta(days=400))


def test_a_decision_on_an_older_version_is_refused(council: Council) -> None:
    council.desk.hand_in(
        DeferReview(review_id=council.review_id, reason="Wait for the report", until=tomorrow(council)), by=SECURITY
    )
    with refused(StaleWrite, council.desk):
        council.decide(expected_version=1)


def tomorrow(council: Council) -> date:
    return council.desk.now.date() + timedelta(days=1)


def test_a_deferral_to_a_day_that_is_not_ahead_is_refused(council: Council) -> None:
    for until in (council.desk.now.date(), council.desk.now.date() - timedelta(days=3)):
        late = DeferReview(review_id=council.review_id, reason="Wait", until=until)
        with refused(DeferredToThePast, council.desk):
            council.desk.hand_in(late, by=SECURITY)


def test_a_withdrawn_question_cannot_be_decided(council: Council) -> None:
    council.desk.hand_in(WithdrawReview(review_id=council.review_id, reason="Not needed"), by=RISK)
    with refused(AlreadyDecided, council.desk):
        council.decide()


def asked_again(council: Council) -> TableReview:
    return TableReview(use_id=council.use_id, question="Still?", pack=PACK)


def test_a_use_that_is_before_the_council_is_not_tabled_a_second_time(council: Council) -> None:
    for _ in range(2):
        with refused(AlreadyTabled, council.desk):
            council.desk.hand_in(asked_again(council), by=RISK)
    council.desk.hand_in(DeferReview(review_id=council.review_id, reason="Wait", until=date(2026, 4, 1)), by=SECURITY)
    with refused(AlreadyTabled, council.desk):
        council.desk.hand_in(asked_again(council), by=RISK)


def test_what_was_decided_or_taken_off_the_docket_can_be_asked_again(council: Council) -> None:
    council.desk.hand_in(WithdrawReview(review_id=council.review_id, reason="Too early"), by=RISK)
    again = asked_again(council)
    assert council.desk.hand_in(again, by=RISK) == ["Use.PutToCouncil", "Review.Tabled"]
    council.review_id = again.review_id
    council.decide()
    assert "Review.Tabled" in council.desk.hand_in(asked_again(council), by=RISK)


def test_the_council_is_not_asked_about_a_use_that_ended(council: Council) -> None:
    council.desk.hand_in(WithdrawReview(review_id=council.review_id, reason="Not needed"), by=RISK)
    council.desk.hand_in(RetireUse(use_id=council.use_id, reason="No longer needed"), by=RISK)
    with refused(AlreadyRetired, council.desk):
        council.desk.hand_in(asked_again(council), by=RISK)
