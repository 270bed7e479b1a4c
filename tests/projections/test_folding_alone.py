"""A rebuild writes on its own rows; what it makes of a log is what folds make that change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import story
from desk import LEGAL, VENDOR
from projections.all import VIEWS
from projections.changing import alone, but, new, put, within
from projections.dossier import Dossier, UseEntry
from projections.rebuild.folding import Folding, Foldings
from projections.rebuild.words import Words, finished
from projections.storage import FOR_EVER
from projections.view import View, fold
from suppliers.answering import AttachEvidence, BeginAnswering
from suppliers.assessment import Assessment, Verdict
from suppliers.diligence import ReturnAssessment, ReviewAnswer
from tests import days
from tests.projections.log import Fact, Log

REVIEWED = 12


def rebuilt(view: View[Any], facts: Sequence[Fact], cut: int) -> Folding:
    foldings = Foldings([view])
    foldings.take(facts[:cut])
    foldings.take(facts[cut:])
    assert not foldings.faults, foldings.faults
    return foldings.all[0]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
@given(cut=st.integers(0, 1_000), rhythm=st.integers(1, 40))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_that_are_written_on_end_as_rows_that_are_not(view: View[Any], told: Log, cut: int, rhythm: int) -> None:
    """On whichever days things were recorded."""
    begin = told.facts[0].recorded_at
    same(view, [each._replace(recorded_at=begin + timedelta(days=each.position // rhythm)) for each in told.facts], cut)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_so_do_those_of_a_round_that_is_judged_from_day_to_day_and_handed_back(view: View[Any], log: Log) -> None:
    use = story.with_use(log, story.onboarded(log), score=3)
    assessment = story.submitted(log, use)
    for number, question in enumerate(log.get(Assessment, assessment).values):
        log.pass_days(number % 2)
        verdict = Verdict.CONTRADICTED if number % 3 == 0 else Verdict.ACCEPTED
        if number < REVIEWED:
            review = ReviewAnswer(assessment_id=assessment, question=question, verdict=verdict, score=0.5, reason="So")
            log.hand_in(review, by=LEGAL)
    back = ReturnAssessment(assessment_id=assessment, reason="Thin", due_on=log.today() + timedelta(days=9))
    log.hand_in(back, by=LEGAL)
    log.hand_in(BeginAnswering(assessment_id=assessment, link=2), by=VENDOR)
    log.pass_days(1)
    attach = AttachEvidence(
        assessment_id=assessment,
        question="MOD-01",
        filename="a.pdf",
        media_type="application/pdf",
        size=9,
        sha256=64 * "1",
    )
    log.hand_in(attach, by=VENDOR)
    same(view, log.facts, len(log.facts) // 2)


def same(view: View[Any], facts: Sequence[Fact], cut: int) -> None:
    folding, words = rebuilt(view, facts, cut), Words(view)
    rows = {key: finished(view, key, row) for key, row in folding.rows.items()}
    assert rows == fold(view, facts)
    if folding.days is not None:
        kept = {key: words.of(row) for key, row in rows.items()}
        expected = {
            (each.key, each.day): (each.until or FOR_EVER, each.first, each.last, *words.of_day(each.key, each.row))
            for each in days.ends(view, facts)
        }
        found = {each[:2]: each[2:] for each in folding.days.told(folding.rows, kept) if each[1] != each[2]}
        assert found == expected


def test_a_row_that_others_may_have_stays_as_it_is_when_a_part_of_it_is_changed() -> None:
    before = new(Dossier, uses={"a": new(UseEntry, title="One")})
    after = within(before, "uses", "a", title="Other")
    assert (before.uses["a"].title, after.uses["a"].title) == ("One", "Other")


def test_a_row_that_nobody_else_has_is_written_on_but_not_what_new_rows_begin_with() -> None:
    with alone():
        row = new(Dossier)
        named = but(row, uses=put(row.uses, "a", new(UseEntry, title="One")))
        assert within(named, "uses", "a", title="Other") is named
    assert named.uses["a"].title == "Other"
    assert new(Dossier).uses == {}
