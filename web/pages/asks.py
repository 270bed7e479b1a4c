"""A small form as data: what it asks, who may, and the order it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from suppliers.ports import Actor, Command, Role
from web.pages.given import Given

Kind = Literal["text", "email", "textarea", "select", "radio", "date", "confirm", "checks"]
Options = tuple[tuple[str, ...], ...]
NO_OPTIONS: Options = ()


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of a form. `offers` names the list a page looks up when the options are not fixed."""

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    required: bool = True
    options: Options = NO_OPTIONS
    offers: str = ""
    missing: str = ""

    def problem(self, given: Given) -> str | None:
        """What is wrong with what was given, in a sentence."""
        value = given.one(self.name)
        if not value:
            return (self.missing or f"{self.label}: this is needed.") if self.required else None
        if self.options and value not in {option[0] for option in self.options}:
            return f"{self.label}: choose one of the answers offered."
        if self.kind == "date" and as_date(value) is None:
            return f"{self.label}: give a day, for example 2027-03-31."
        if self.kind == "email" and not ("@" in value[1:-1] and " " not in value):
            return f"{self.label}: this is not a mail address."
        return None


REASON = Field(
    name="reason",
    label="Reason",
    kind="textarea",
    hint="Kept on the record with your name.",
    missing="Give a reason in words; it is kept on the record.",
)


HAPPENED = Field(
    name="happened_on",
    label="Happened on",
    kind="date",
    required=False,
    hint="Empty is now. On an earlier day: what was true then and what we knew then are kept apart.",
)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A form that becomes one order about the thing with an id."""

    key: str
    link: str
    """How a button that leads here is called."""
    title: str
    order: Callable[[Given, UUID], Command]
    roles: frozenset[Role]
    lead: str = ""
    button: str = ""
    fields: tuple[Field, ...] = ()
    danger: bool = False
    versioned: bool = True
    done: str = "Recorded."

    def allows(self, actor: Actor) -> bool:
        return bool(actor.roles & self.roles)

    def problems(self, given: Given) -> dict[str, str]:
        """Field -> what is wrong with it; empty when the order can be given."""
        return problems(self.fields, given)

    def command(self, given: Given, id: UUID) -> Command:
        """The order, carrying the version its author was looking at."""
        command = self.order(given, id)
        seen = version_seen(given) if self.versioned else None
        return command if seen is None else command.model_copy(update={"expected_version": seen})


def problems(fields: tuple[Field, ...], given: Given) -> dict[str, str]:
    """Field -> what is wrong with it."""
    found = ((field.name, field.problem(given)) for field in fields)
    return {name: sentence for name, sentence in found if sentence}


def version_seen(given: Given) -> int | None:
    """The version in the form's hidden field."""
    text = given.one("version")
    return int(text) if text.isdecimal() else None


def as_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def filled(given: Given, fields: tuple[Field, ...]) -> Mapping[str, Any]:
    """What to put back into the form after something was wrong with it."""
    return {each.name: given.many(each.name) if each.kind == "checks" else given.one(each.name) for each in fields}
