"""A use with everything around it: what the stories about it are told of."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from cli.demo.portfolio import ModelPlan, SourcePlan, SupplierPlan, UsePlan, read
from cli.demo.world import World
from suppliers.likeness import words
from suppliers.ports import Actor
from suppliers.use import SubjectKind

WORDS: dict[str, Any] = read("wordings.yaml")


@dataclass(frozen=True, kw_only=True)
class Matter:
    """`dice` belong to this use alone."""

    world: World
    supplier: SupplierPlan
    subject: ModelPlan | SourcePlan
    use: UsePlan
    supplier_id: UUID
    subject_id: UUID
    use_id: UUID
    requester: Actor
    contact: Actor
    dice: Random

    @property
    def kind(self) -> SubjectKind:
        return SubjectKind.VENDOR_MODEL if isinstance(self.subject, ModelPlan) else SubjectKind.DATA_SOURCE

    @property
    def places(self) -> dict[str, str]:
        """What the texts speak of."""
        upstream = self.subject.upstream if isinstance(self.subject, ModelPlan) else ""
        region = self.subject.region if isinstance(self.subject, ModelPlan) else ""
        return {
            "supplier": self.supplier.name,
            "legal": self.supplier.legal,
            "country": self.supplier.country,
            "number": self.supplier.number,
            "contact": self.supplier.contact,
            "domain": self.supplier.domain,
            "subject": self.subject.name,
            "use": self.use.title,
            "upstream": upstream or "an open-weights base model of 8 billion parameters",
            "region": region or "the EU",
        }

    def id(self, *path: object) -> UUID:
        return self.world.names.id("use", self.subject.key, self.use.title, *path)

    def say(self, *path: str) -> str:
        """One of the texts kept under this path, with its places filled."""
        found: Any = WORDS
        for each in path:
            found = found[each]
        text = found if isinstance(found, str) else self.dice.choice(found)
        return text.format(**self.places)


def made_known(world: World, plan: SupplierPlan) -> tuple[UUID, Actor]:
    """The supplier's id, and its contact as someone who acts."""
    contact = world.names.id("contact", plan.key)
    return world.names.id("supplier", plan.key), Actor(id=contact, kind="vendor")


def mailbox(name: str) -> str:
    """The part of a person's address before the @."""
    return ".".join(words(name))[:40]
