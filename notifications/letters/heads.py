"""The head of the log, signed: who keeps these letters can prove later what was on the record."""

from __future__ import annotations

from datetime import date

from notifications.letter import Envelope, Letter
from notifications.stationery import render


def tree_head(envelope: Envelope, *, note: str, day: date) -> Letter:
    """One a day, to be kept; `note` is the signed head."""
    return render("tree_head", envelope, note=note.rstrip("\n").split("\n"), day=day)
