"""The portfolio as data: who supplies what, what we use it for, and what happened on which day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, field_validator

from suppliers.data_source import SourceDetails
from suppliers.factors import Factor
from suppliers.ports import Role
from suppliers.vendor_model import SupplyKind, TrainsOnOurData

Quality = Literal["strong", "middling", "weak"]
EuAnswer = Literal["prohibited", "high", "limited", "minimal", "unclassified", "exempt"]


class Told(BaseModel):
    """Part of the portfolio; a key it does not know is a slip of the pen."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class Step(Told):
    """Something that happens on a day (counted from the demo's date, so mostly negative)."""

    day: int
    do: str
    stops: str = ""
    """Where it stays: an assessment opened, sent, begun, submitted, returned; a review tabled or deferred."""
    quality: Quality | None = None
    slips: dict[str, Any] = Field(default_factory=dict)
    """Answers that no reviewer likes, by question."""
    returned: bool = False
    more_time: bool = False
    bounces: bool = False
    colleague: str = ""
    reason: str = ""
    name: str = ""
    after: int = 0
    missed: bool = False


class UsePlan(Told):
    title: str
    purpose: str = ""
    eu: EuAnswer = "minimal"
    data: tuple[str, ...] = ("internal",)
    factors: tuple[int | None, ...] = ()
    facts: dict[str, Any] = Field(default_factory=dict)
    day: int | None = None
    steps: tuple[Step, ...] = ()

    @field_validator("factors")
    @classmethod
    def _one_each(cls, scores: tuple[int | None, ...]) -> tuple[int | None, ...]:
        if scores and len(scores) != len(Factor):
            raise ValueError(f"{len(Factor)} scores, in the order {', '.join(Factor)}")
        return scores


class ModelPlan(Told):
    key: str
    name: str
    version: str = "1.0"
    supply: SupplyKind = SupplyKind.MODEL_API
    upstream: str = ""
    region: str = ""
    trains: TrainsOnOurData = TrainsOnOurData.NEVER
    gpai: bool = False
    uses: tuple[UsePlan, ...] = ()
    steps: tuple[Step, ...] = ()


class SourcePlan(Told):
    key: str
    name: str
    provenance: str = ""
    licence: str = ""
    personal: bool | None = None
    refresh: str = ""
    uses: tuple[UsePlan, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def details(self) -> SourceDetails:
        return SourceDetails(
            name=self.name,
            provenance=self.provenance,
            licence=self.licence,
            personal_data=self.personal,
            refresh=self.refresh,
        )


class SupplierPlan(Told):
    key: str
    name: str
    legal: str
    country: str
    number: str
    contact: str
    title: str
    owner: str = ""
    asks: str
    quality: Quality
    since: int
    onboards: bool = True
    papers: tuple[Step, ...] = ()
    """Attestations beside the mandatory ones; `name` is the type, `stops` what becomes of them."""
    models: tuple[ModelPlan, ...] = ()
    sources: tuple[SourcePlan, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def subjects(self) -> tuple[ModelPlan | SourcePlan, ...]:
        return (*self.models, *self.sources)

    @property
    def domain(self) -> str:
        return f"{self.key}.example"


class Colleague(Told):
    """Somebody of the company."""

    key: str
    name: str
    title: str
    role: Role | None = None


@cache
def colleagues() -> tuple[Colleague, ...]:
    return tuple(Colleague.model_validate(each) for each in read("staff.yaml"))


@cache
def portfolio() -> tuple[SupplierPlan, ...]:
    """All suppliers, the earliest first."""
    found = [SupplierPlan.model_validate(each) for name in _volumes() for each in read(f"volumes/{name}")]
    return tuple(sorted(found, key=lambda each: (each.since, each.key)))


def read(name: str) -> Any:
    return yaml.load(files("cli.demo").joinpath(name).read_text("utf-8"), Loader=yaml.CSafeLoader)


def _volumes() -> Iterator[str]:
    folder = files("cli.demo").joinpath("volumes")
    yield from sorted(each.name for each in folder.iterdir() if each.name.endswith(".yaml"))
