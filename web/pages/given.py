"""What somebody filled in, read without trusting it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request

TRUTH: Mapping[str, bool] = {"yes": True, "no": False}


@dataclass(frozen=True)
class Given:
    """The fields of a sent form; a field may come several times."""

    fields: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """The field's value, trimmed; "" when it was not filled in."""
        values = self.fields.get(name) or ("",)
        return values[-1].strip()

    def many(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may be ticked several times."""
        return tuple(value for value in self.fields.get(name, ()) if value)

    def truth(self, name: str) -> bool | None:
        """Yes, no, or not known."""
        return TRUTH.get(self.one(name))

    def id(self, name: str) -> UUID | None:
        """An id; nothing when there is none, or no id."""
        try:
            return UUID(self.one(name))
        except ValueError:
            return None

    def choice(self, name: str, allowed: Sequence[str]) -> str | None:
        """One of the allowed values, else None = not known."""
        value = self.one(name)
        return value if value in allowed else None


async def given_in(request: Request) -> Given:
    """The form that was posted; files are not among its fields."""
    fields: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(value)
    return Given(fields)
