"""From when law applies, as dated data with its source; and what follows for a class on a day."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from suppliers.bundled import bundled
from suppliers.eu_ai_act import EuClass, HighRiskRoute


class LawDate(BaseModel):
    """One provision and the day from which it applies."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    regulation: str
    provision: str
    condition: str
    applies_from: date
    status: Literal["certain", "adopted", "expected"]
    source: str
    checked_on: date
    uncertain: str | None = None
    """What is not sure about this row, to be shown wherever the row is used."""

    def applies(self, on: date) -> bool:
        return on >= self.applies_from


class LawDates(BaseModel):
    """The timetable of the law."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["law_dates/1"] = Field(alias="schema")
    dates: tuple[LawDate, ...]

    @model_validator(mode="after")
    def _unique(self) -> LawDates:
        if len({each.id for each in self.dates}) != len(self.dates):
            raise ValueError("a law date has the id of another")
        return self

    def __getitem__(self, id: str) -> LawDate:
        return next(each for each in self.dates if each.id == id)

    def reached_between(self, after: date, until: date) -> tuple[LawDate, ...]:
        """What began to apply after one day and up to another, in order."""
        reached = (each for each in self.dates if after < each.applies_from <= until)
        return tuple(sorted(reached, key=lambda each: (each.applies_from, each.id)))


@cache
def law_dates() -> LawDates:
    """The bundled timetable."""
    return LawDates.model_validate(bundled("law_dates.yaml"))


def high_risk_duty_applies(
    eu_class: EuClass, on: date, *, route: HighRiskRoute | None = None, dates: LawDates | None = None
) -> bool:
    """Whether the duties for high-risk systems apply on a day; without a known route the earlier date counts."""
    if eu_class is not EuClass.HIGH:
        return False
    timetable = dates or law_dates()
    routes = (route,) if route else tuple(HighRiskRoute)
    return any(timetable[f"high_risk_{each.value}"].applies(on) for each in routes)
