"""The decision form: what was filled in, what is missing, and the order it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from suppliers.review import Condition, Outcome
from web.pages.asks import as_date
from web.pages.given import Given

MOST = 12
WORDS: Mapping[Outcome, tuple[str, str]] = {
    Outcome.APPROVE: ("Approve", "Use may begin or go on"),
    Outcome.CONDITIONAL: ("Approve with conditions", "Each with somebody who sees to it, and a day"),
    Outcome.REJECT: ("Reject", "No use"),
    Outcome.SUSPEND: ("Suspend the supplier", "All new use stops at once"),
}


@dataclass(frozen=True)
class Draft:
    """One row of the conditions, as typed."""

    text: str = ""
    owner: str = ""
    due: str = ""

    @property
    def blank(self) -> bool:
        return not (self.text or self.due)


@dataclass
class Decision:
    outcome: str = ""
    reasons: str = ""
    valid_until: str = ""
    rows: list[Draft] = field(default_factory=lambda: [Draft()])
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The rows that were filled in; only once nothing is missing."""
        found = ((each, as_date(each.due)) for each in self.rows if not each.blank)
        return tuple(Condition(text=each.text, owner=UUID(each.owner), due_on=due) for each, due in found if due)


def read(given: Given, staff: set[str], today: date) -> Decision:
    """The form as it was sent, with what is missing in sentences."""
    number = min(MOST, int(given.one("rows")) if given.one("rows").isdecimal() else 1)
    rows = [
        Draft(given.one(f"text-{n}"), given.one(f"owner-{n}"), given.one(f"due-{n}")) for n in range(max(1, number))
    ]
    form = Decision(given.one("outcome"), given.one("reasons"), given.one("valid_until"), rows)
    if form.outcome not in {each.value for each in Outcome}:
        form.errors["outcome"] = "Choose what the council decides."
    if not form.reasons:
        form.errors["reasons"] = "Give the reasons; they are kept on the record."
    if form.valid_until and as_date(form.valid_until) is None:
        form.errors["valid_until"] = "Give a day, for example 2027-03-31."
    if form.outcome == Outcome.CONDITIONAL:
        _check_rows(form, staff, today)
    else:
        form.rows = [each for each in rows if not each.blank] or [Draft()]
    return form


def _check_rows(form: Decision, staff: set[str], today: date) -> None:
    if all(each.blank for each in form.rows):
        form.errors["text-0"] = "An approval with conditions needs at least one condition."
    for number, each in enumerate(form.rows):
        if each.blank:
            continue
        if not each.text:
            form.errors[f"text-{number}"] = f"Condition {number + 1}: say what has to be done."
        if each.owner not in staff:
            form.errors[f"owner-{number}"] = f"Condition {number + 1}: choose who sees to it."
        due = as_date(each.due)
        if due is None or due <= today:
            form.errors[f"due-{number}"] = f"Condition {number + 1}: give a day in the future."
