"""Assessments: where each round stands, how far it has come, for whom it waits."""

from __future__ import annotations

from uuid import UUID, uuid4

import asyncpg
import pytest

import story
from desk import LEGAL, VENDOR
from projections import assessments
from projections.assessments import AssessmentRow, Filters, Sort, Stage
from projections.view import fold
from suppliers.answering import AskForTime, RecordAnswer, WithdrawAnswer
from suppliers.assessment import Assessment, AssessmentState
from suppliers.diligence import (
    AcceptAnswers,
    ExtendDeadline,
    NoteQuestionnaireBounced,
    NoteQuestionnaireSent,
    ReturnAssessment,
)
from suppliers.ports import SYSTEM
from suppliers.questionnaires import Severity
from suppliers.questionnaires.course import asked, missing
from suppliers.questionnaires.library import library
from suppliers.use import Use
from tests.projections.log import Log
from tests.projections.portfolio import DAY


@pytest.fixture
def use(log: Log) -> UUID:
    return story.with_use(log, story.onboarded(log))


def row_of(log: Log, assessment_id: UUID) -> AssessmentRow:
    return fold(assessments.VIEW, log.facts)[str(assessment_id)]


def test_a_round_waits_for_the_vendor_from_sending_to_submission(log: Log, use: UUID) -> None:
    assessment = story.sent(log, use)
    assert (row_of(log, assessment).stage, row_of(log, assessment).waits_for) == (Stage.WITH_VENDOR, "vendor")
    log.hand_in(NoteQuestionnaireSent(assessment_id=assessment, link=1, letter="l"), by=SYSTEM)
    assert row_of(log, assessment).sent_at == log.now
    done = story.submitted(log, story.with_use(log, log.get(Assessment, assessment).supplier_id))
    assert (row_of(log, done).stage, row_of(log, done).waits_for) == (Stage.TO_REVIEW, "us")
    ended = story.closed(log, story.with_use(log, log.get(Assessment, assessment).supplier_id))
    assert (row_of(log, ended).stage, row_of(log, ended).waits_for) == (Stage.FINISHED, None)


def test_a_bounce_brings_it_back_to_us_with_what_the_server_said(log: Log, use: UUID) -> None:
    assessment = story.sent(log, use)
    log.hand_in(NoteQuestionnaireBounced(assessment_id=assessment, link=1, code=550, text="No such user"), by=SYSTEM)
    row = row_of(log, assessment)
    assert (row.state, row.waits_for, row.bounce) == (AssessmentState.OPENED, "us", "550 No such user")


def test_asking_for_time_makes_it_wait_for_us_until_time_is_given(log: Log, use: UUID) -> None:
    assessment = story.begun(log, use)
    until = row_of(log, assessment).due_on + 10 * DAY
    log.hand_in(AskForTime(assessment_id=assessment, until=until, reason="Holidays"), by=VENDOR)
    assert (row_of(log, assessment).waits_for, row_of(log, assessment).more_time) == ("us", until)
    log.hand_in(ExtendDeadline(assessment_id=assessment, due_on=until, reason="Granted"))
    row = row_of(log, assessment)
    assert (row.waits_for, row.more_time, row.due_on) == ("vendor", None, until)


def test_progress_counts_what_is_asked_given_the_answers_so_far(log: Log, use: UUID) -> None:
    assessment = story.begun(log, use)
    for _ in range(3):
        aggregate = log.get(Assessment, assessment)
        questionnaire = library().get(aggregate.questionnaire.id, aggregate.questionnaire.version)
        for question in missing(questionnaire, aggregate.facts, aggregate.values)[:6]:
            story._answer(log, aggregate, question)
        row = row_of(log, assessment)
        questions = asked(questionnaire, aggregate.facts, aggregate.values)
        assert row.asked == len(questions)
        assert row.answered == sum(each.id in aggregate.values for each in questions)
        assert row.required_open == len(missing(questionnaire, aggregate.facts, aggregate.values))
    story.fill_in(log, assessment)
    assert row_of(log, assessment).required_open == 0


def test_an_answer_taken_back_is_not_counted(log: Log, use: UUID) -> None:
    assessment = story.begun(log, use)
    log.hand_in(
        RecordAnswer(assessment_id=assessment, question="ORG-01", value=story.best(_question("ORG-01")), seen=0),
        by=VENDOR,
    )
    assert row_of(log, assessment).answered == 1
    log.hand_in(WithdrawAnswer(assessment_id=assessment, question="ORG-01", seen=1), by=VENDOR)
    assert row_of(log, assessment).answered == 0


def test_returning_clears_flags_and_names_the_questions(log: Log, use: UUID) -> None:
    supplier = log.get(Use, use).supplier_id
    assessment = story.submitted(log, story.with_use(log, supplier, score=3))
    row = row_of(log, assessment)
    assert row.flags_by_severity == {Severity.HIGH: 1}
    assert row.knock_outs == 0
    back = ReturnAssessment(
        assessment_id=assessment, reason="Unclear", questions=("FAI-02",), due_on=log.today() + 9 * DAY
    )
    log.hand_in(back, by=LEGAL)
    row = row_of(log, assessment)
    assert (row.flags, row.returned_questions, row.reason) == ({}, ("FAI-02",), "Unclear")
    assert row.stage is Stage.WITH_VENDOR


def test_reviewing_brings_down_what_is_left_to_review(log: Log, use: UUID) -> None:
    assessment = story.submitted(log, use)
    before = row_of(log, assessment)
    assert before.left_to_review == before.answered
    log.hand_in(AcceptAnswers(assessment_id=assessment), by=LEGAL)
    assert row_of(log, assessment).left_to_review < before.left_to_review
    assert row_of(log, assessment).version == log.held[assessment].version


async def test_cards_carry_the_names_of_what_they_are_about(shelf: asyncpg.Pool) -> None:
    [card] = (await assessments.board(shelf))[Stage.WITH_VENDOR]
    assert (card.supplier_name, card.use_title, card.subject_name) == (
        "Contoso Speech GmbH",
        "Claims extraction",
        "Extract 2",
    )
    assert card.assessment.overdue
    numbers = await assessments.stages(shelf)
    assert numbers[Stage.WITH_VENDOR] == (1, 1)
    assert numbers[Stage.FINISHED] == (3, 0)
    assert numbers[Stage.PREPARED] == (0, 0)


async def test_rounds_of_a_supplier_and_of_a_use_come_latest_first(shelf: asyncpg.Pool) -> None:
    [card] = (await assessments.board(shelf))[Stage.WITH_VENDOR]
    of_supplier = await assessments.of_supplier(shelf, card.assessment.supplier_id)
    times = [each.assessment.opened_at for each in of_supplier]
    assert len(times) == 2
    assert times == sorted(times, reverse=True)
    assert await assessments.of_use(shelf, card.assessment.use_id) == [card]
    assert await assessments.of(shelf, card.assessment.id) == card.assessment
    assert await assessments.to_review(shelf) == []


@pytest.mark.parametrize("sort", ["due", "activity"])
@pytest.mark.parametrize("limit", [1, 2, 3, 4])
async def test_pages_together_are_the_whole_list_once(shelf: asyncpg.Pool, sort: Sort, limit: int) -> None:
    whole = [each.assessment.id for each in (await assessments.page(shelf, sort=sort)).rows]
    seen, after = [], None
    while True:
        page = await assessments.page(shelf, sort=sort, after=after, limit=limit)
        seen += [each.assessment.id for each in page.rows]
        if (after := page.after) is None:
            break
    assert seen == whole
    assert len(set(whole)) == 4


async def test_filters_narrow_the_list(shelf: asyncpg.Pool, told: Log) -> None:
    async def count(**filters: object) -> int:
        wanted = Filters.model_validate(filters)
        found = (await assessments.page(shelf, wanted)).rows
        assert (await assessments.page(shelf, await assessments.searched(shelf, wanted))).rows == found
        return len(found)

    assert await count(search="contoso") == 2
    assert await count(search="northw") == 2
    assert await count(search="cognition NORTH") == 2
    assert await count(search="n") == 2
    assert await count(search="-") == 0
    assert await count(search="nobody") == 0
    assert await count(overdue=True) == 1
    assert await count(stage=(Stage.FINISHED,), search="north") == 2
    assert await count(state=(AssessmentState.WITHDRAWN,)) == 1
    assert await count(waits_for="vendor") == 1
    assert await count(due_until=told.today()) == 4
    assert await count(supplier_id=uuid4()) == 0
    assert await count(opened_by=uuid4()) == 0


def _question(id: str):  # type: ignore[no-untyped-def]
    [questionnaire] = [each for each in library() if each.subject_kind == "vendor_model"]
    return questionnaire.by_id[id]
