"""Refusals: a named exception whose docstring is the sentence a person reads."""

from __future__ import annotations


class Refusal(Exception):
    """This cannot be done."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    @property
    def sentence(self) -> str:
        """The sentence for a person, with what is particular to this case."""
        doc = " ".join((type(self).__doc__ or "").split())
        return f"{doc} {self.detail}".strip()


class StaleWrite(Refusal):
    """Someone changed this since you opened it. Nothing was saved: look at the current state and decide again."""


class NoSuchRecord(Refusal):
    """There is no such record."""


class NotEntitled(Refusal):
    """Your role does not allow this."""


class Ignored(Refusal):
    """This was already done; nothing changed."""
