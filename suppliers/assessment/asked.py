"""What is asked in a round."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class QuestionnaireRef(BaseModel):
    """A questionnaire at one frozen version."""

    model_config = ConfigDict(frozen=True)

    id: str
    version: str
