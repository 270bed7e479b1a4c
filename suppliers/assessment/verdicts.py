"""What answers give away, and what a reviewer makes of them."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from suppliers.word import Word


class RaisedFlag(BaseModel):
    """A red flag or knock-out that an answer raised; `key` is unique within the assessment."""

    model_config = ConfigDict(frozen=True)

    key: str
    question: str
    severity: str
    effect: str
    note: str


class Verdict(Word):
    """What a reviewer makes of an answer and its evidence."""

    ACCEPTED = "accepted"
    INDEPENDENT = "independent"
    WEAK = "weak"
    CONTRADICTED = "contradicted"
    CHALLENGED = "challenged"


class AnswerReview(BaseModel):
    """A reviewer's verdict; `score` in [0, 1] where the question asks the reviewer for one."""

    model_config = ConfigDict(frozen=True)

    verdict: Verdict
    score: float | None = None
    reason: str = ""
    by: UUID
