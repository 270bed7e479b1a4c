"""Sittings at the questionnaire: question after question over some days, with the files that belong to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from cli.demo.answers import Respondent
from cli.demo.fitting import fitting
from cli.demo.handing_in import paper_for
from cli.demo.matter import Matter
from cli.demo.portfolio import Quality
from suppliers.answering import AttachEvidence, RecordAnswer
from suppliers.assessment import Assessment
from suppliers.ports import Actor
from suppliers.questionnaires.conditions import holds
from suppliers.questionnaires.library import library
from suppliers.questionnaires.model import AnswerType, Question
from suppliers.questions import questionnaire_of

SHOWS = {"strong": (1.0, 0.9), "middling": (0.97, 0.66), "weak": (0.7, 0.15)}
"""How likely a file is attached where one is required, and where one would help."""
NOTES = 0.12


class Sitting:
    """One supplier at one round."""

    def __init__(self, matter: Matter, id: UUID, contact: Actor, quality: Quality, slips: Mapping[str, Any]) -> None:
        self._matter, self._id, self._contact, self._quality = matter, id, contact, quality
        today = matter.world.calendar.now().date()
        given = fitting(matter.use, matter.subject)
        self._respondent = Respondent(quality, matter.dice, today, fitting=given, slips=slips)

    async def fill_in(self, *, days: int, share: float) -> None:
        """The share of the questionnaire that is reached, spread over so many days."""
        calendar = self._matter.world.calendar
        assessment = await self._matter.world.load(Assessment, self._id)
        questions = questionnaire_of(assessment, library()).questions
        answers: dict[str, Any] = {}
        reached = questions[: round(len(questions) * share)]
        sittings = max(1, min(3, days))
        for n in range(sittings):
            if n:
                await calendar.until(calendar.later(days / sittings, 10 + 4 * self._matter.dice.random()))
            for question in reached[len(reached) * n // sittings : len(reached) * (n + 1) // sittings]:
                if holds(question.ask_if, assessment.facts, answers, unknown=True):
                    await self._take(question, assessment.facts, answers)

    async def improve(self, questions: Sequence[str]) -> None:
        """Say better what was asked again."""
        assessment = await self._matter.world.load(Assessment, self._id)
        by_id = questionnaire_of(assessment, library()).by_id
        for id in questions:
            self._matter.world.calendar.pass_seconds(420)
            question, present = by_id[id], assessment.answers[id]
            note = "Clarified after your question; the attached file is new."
            await self._attach(question, replaces=True)
            if question.type is not AnswerType.FILE:
                await self._record(question, present.value, note, seen=present.revision)

    async def _take(self, question: Question, facts: Mapping[str, Any], answers: dict[str, Any]) -> None:
        """Each takes a minute or some."""
        dice = self._matter.dice
        self._matter.world.calendar.pass_seconds(40 + 200 * dice.random())
        if question.type is AnswerType.FILE:
            if question.required or dice.random() < SHOWS[self._quality][1]:
                await self._attach(question)
                answers[question.id] = ("file",)
            return
        value = self._respondent.answer(question, facts, answers)
        if value is None:
            value = self._matter.say(self._questionnaire, question.id, self._quality)
        note = self._matter.say("notes", self._quality) if dice.random() < NOTES else ""
        await self._record(question, value, note, seen=0)
        answers[question.id] = tuple(value) if isinstance(value, list) else value
        required, helpful = SHOWS[self._quality]
        if question.evidence.ask and dice.random() < (required if question.evidence.required else helpful):
            await self._attach(question)

    async def _record(self, question: Question, value: Any, note: str, *, seen: int) -> None:
        command = RecordAnswer(assessment_id=self._id, question=question.id, value=value, note=note, seen=seen)
        await self._matter.world.issue(command, self._contact)

    async def _attach(self, question: Question, *, replaces: bool = False) -> None:
        asked = question.evidence.ask[0] if question.evidence.ask else "Statement"
        dated = self._matter.world.calendar.now().date() if replaces else self._respondent.evidence_date()
        paper = paper_for(self._matter, asked, dated)
        command = AttachEvidence(
            assessment_id=self._id,
            evidence_id=self._matter.world.names.id("evidence", self._id, question.id, replaces),
            question=question.id,
            filename=paper.filename,
            media_type=paper.media_type,
            size=len(paper.body),
            sha256=self._matter.world.file(paper),
            dated=dated,
        )
        await self._matter.world.issue(command, self._contact)

    @property
    def _questionnaire(self) -> str:
        return library().latest(self._matter.kind.value).id
