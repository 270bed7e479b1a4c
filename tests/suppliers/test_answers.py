"""What a vendor may write into an answer, and what they read when it cannot be taken."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suppliers.questionnaires import InvalidAnswer, Judgement, Standing, canonical, check_answer, library, score

DDQ = library().latest("vendor_model").by_id
TODAY = date(2026, 11, 24)
CHOICE, CHOICES, TEXT, DAYS, RATIO, PERCENT, DATE, FILE = (
    DDQ[id] for id in ("ORG-04", "TRD-02", "ORG-03", "MOD-07", "FAI-02", "OPS-01", "SEC-02", "MOD-01")
)


@pytest.mark.parametrize(
    ("id", "raw", "value"),
    [
        ("ORG-02", "yes", "yes"),
        ("ORG-02", ["na"], "na"),
        ("TRD-02", ["web_crawl", "licensed", "web_crawl"], ("licensed", "web_crawl")),
        ("TRD-02", "licensed", ("licensed",)),
        ("ORG-03", "  Zoë\r\nCTO  ", "Zoë\nCTO"),
        ("ORG-03", "Zoe\u0308", "Zoë"),
        ("MOD-07", "30", 30),
        ("MOD-07", 30.0, 30),
        ("OPS-01", " 99.95 ", 99.95),
        ("CUD-03", "-0", 0),
        ("FAI-02", 0.8, 0.8),
        ("SEC-02", "2026-03-31", "2026-03-31"),
        ("SEC-02", date(2026, 3, 31), "2026-03-31"),
        ("MOD-01", ["b", "a", "b"], ("b", "a")),
    ],
)
def test_an_answer_becomes_canonical(id: str, raw: object, value: object) -> None:
    assert check_answer(DDQ[id], raw, today=TODAY) == value


@pytest.mark.parametrize(
    ("id", "raw", "sentence"),
    [
        ("ORG-02", "maybe", "not one of the answers offered"),
        ("ORG-02", "", "Choose one"),
        ("ORG-02", None, "Give one answer"),
        ("ORG-02", ["yes", "no"], "Give one answer"),
        ("TRD-02", [], "at least one"),
        ("TRD-02", ["licensed", "stolen"], "not one of the answers offered"),
        ("TRD-02", {"licensed": True}, "list of answers"),
        ("TRD-02", [["licensed", "web_crawl"]], "Give one answer"),
        ("ORG-03", " \n ", "Write an answer"),
        ("ORG-03", "a\x00b", "cannot be stored"),
        ("ORG-03", "a\ud800b", "cannot be stored"),
        ("ORG-03", "x" * 10_001, "10001 characters; 10000 are possible"),
        ("MOD-07", "soon", "in digits"),
        ("MOD-07", "1e400", "in digits"),
        ("MOD-07", "1_000", "in digits"),
        ("MOD-07", "99,9", "point before decimals"),
        ("MOD-07", "٣٠", "in digits"),
        ("MOD-07", float("nan"), "in digits"),
        ("MOD-07", float("inf"), "from 0 to"),
        ("MOD-07", 10**400, "from 0 to"),
        ("MOD-07", True, "in digits"),
        ("MOD-07", -1, "from 0 to"),
        ("FAI-02", "1.5", "from 0 to 1"),
        ("OPS-01", 101, "from 0 to 100"),
        ("SEC-02", "31.3.2026", "year-month-day"),
        ("SEC-02", "2026-02-30", "year-month-day"),
        ("SEC-02", "2026-11-25", "in the future"),
        ("SEC-02", "0001-01-01", "not plausible"),
        ("MOD-01", [], "at least one file"),
        ("MOD-01", ["../etc/passwd"], "not known"),
        ("MOD-01", [str(n) for n in range(21)], "no more than 20"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_refused_with_a_sentence(id: str, raw: object, sentence: str) -> None:
    with pytest.raises(InvalidAnswer) as refused:
        check_answer(DDQ[id], raw, today=TODAY)
    assert sentence in refused.value.sentence
    assert refused.value.message.format(**refused.value.params) == refused.value.detail


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=5,
)


@given(st.sampled_from(sorted(DDQ)), json_values)
def test_whatever_is_sent_is_either_taken_or_refused(id: str, raw: object) -> None:
    try:
        value = check_answer(DDQ[id], raw, today=TODAY)
    except InvalidAnswer:
        return
    again = json.loads(canonical({id: value}))[id]
    assert check_answer(DDQ[id], again, today=TODAY) == value
    canonical({id: value}).encode()


def test_not_applicable_counts_as_nothing_until_a_reviewer_agrees() -> None:
    alone = score(DDQ["ORG-02"], "na", on=TODAY)
    agreed = score(DDQ["ORG-02"], "na", on=TODAY, judgement=Judgement(not_applicable_accepted=True))
    assert (alone.standing, alone.score) == (Standing.COUNTED, 0)
    assert agreed.standing is Standing.LEFT_OUT


def test_texts_and_files_wait_for_a_reviewer() -> None:
    assert score(TEXT, "Zoë, CTO", on=TODAY).standing is Standing.PENDING
    assert score(FILE, ("a",), on=TODAY).standing is Standing.PENDING
    assert score(FILE, ("a",), on=TODAY, judgement=Judgement(file_accepted=False)).score == 0


def test_no_answer_weighs_only_where_one_is_required() -> None:
    assert score(DDQ["ORG-02"], None, on=TODAY).standing is Standing.UNANSWERED
    assert score(DDQ["MOD-05"], None, on=TODAY).standing is Standing.LEFT_OUT


@pytest.mark.parametrize(
    ("id", "answer", "worth"),
    [
        ("TRD-02", ("customers", "broker"), 0.3),
        ("TRD-02", ("customers", "unknown"), 0.0),
        ("TRD-02", ["customers"], 0.5),
        ("SEC-01", ("iso27001",), 2 / 3),
        ("SEC-01", ("iso27001", "soc2_type2"), 1.0),
        ("MOD-07", 90, 1.0),
        ("MOD-07", 89.9, 0.7),
        ("MOD-07", 13, 0.0),
        ("CUD-03", 0, 1.0),
        ("CUD-03", 0.5, 0.8),
        ("SEC-02", "2025-11-24", 1.0),
        ("SEC-02", "2025-05-25", 0.5),
        ("SEC-02", "2020-01-01", 0.0),
    ],
)
def test_answers_are_worth_what_their_scoring_says(id: str, answer: object, worth: float) -> None:
    found = score(DDQ[id], answer, on=TODAY)  # type: ignore[arg-type]
    assert found.score == pytest.approx(worth, abs=0.002)
