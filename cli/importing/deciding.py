"""What a file orders, decided at one desk by the domain's own handlers, under ids that the file alone gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from cli.importing.entries import Entry
from cli.importing.examining import Track, untracked
from cli.importing.problems import Problem
from events.desk import Desk
from events.fact import Root
from suppliers import inventory, onboarding
from suppliers.errors import NoSuchRecord, Refusal
from suppliers.inventory import RegisterDataSource, RegisterVendorModel
from suppliers.onboarding import CheckSanctions, ProposeSupplier
from suppliers.ports import Actor, Command

IMPORTS = UUID("6f7c1a52-3b0e-5d0c-9a54-2f5e0d1c8b77")
"""Under which the ids of imports are made."""
HANDLERS = {**onboarding.HANDLERS, **inventory.HANDLERS}


class Decided(NamedTuple):
    """What is to be recorded together; nothing may be when there are problems."""

    aggregates: list[Root]
    problems: tuple[Problem, ...]


def import_id(digest: str) -> UUID:
    """The same file is the same import; also the id of its one command on the log."""
    return uuid5(IMPORTS, digest)


def decide(
    entries: Sequence[Entry], import_id: UUID, *, actor: Actor, now: datetime, track: Track = untracked
) -> Decided:
    desk = Desk({}, actor=actor, now=now, unknown=NoSuchRecord)
    problems: list[Problem] = []
    for entry in track(entries, "Deciding"):
        try:
            for order in orders(entry, import_id):
                HANDLERS[type(order)](order, desk)
        except Refusal as refusal:
            problems.append(Problem(entry.line, "", entry.details.name, refusal.sentence))
    return Decided(desk.changed, tuple(problems))


def orders(entry: Entry, import_id: UUID) -> Iterator[Command]:
    """Those that a person would give on the pages."""

    def its(what: str) -> UUID:
        return uuid5(import_id, f"{entry.line}:{what}")

    supplier_id = its("supplier")
    yield ProposeSupplier(
        supplier_id=supplier_id,
        details=entry.details,
        contact=entry.contact,
        contact_id=its("contact"),
        owner=entry.owner,
        sanctions_clean=entry.sanctions_clean is True,
        sanctions_note=entry.sanctions_note,
    )
    if entry.sanctions_clean is False:
        yield CheckSanctions(supplier_id=supplier_id, clean=False, note=entry.sanctions_note)
    if entry.model is not None:
        yield RegisterVendorModel(model_id=its("model"), supplier_id=supplier_id, details=entry.model)
    if entry.source is not None:
        yield RegisterDataSource(source_id=its("source"), supplier_id=supplier_id, details=entry.source)
