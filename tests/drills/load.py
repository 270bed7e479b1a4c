"""People at work all at once: commands handed in as fast as they are answered, and a note of every answer."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from cli.store import Store
from desk import PROCUREMENT, MemoryDesk
from events.recorder import PostgresRecorder
from events.stored import Stored
from story import onboarded, sent, submitted, with_use
from suppliers.errors import Refusal, StaleWrite
from suppliers.inventory import RegisterVendorModel
from suppliers.onboarding import ContactDetails, ProposeSupplier
from suppliers.ports import Command
from suppliers.supplier import SupplierDetails
from suppliers.vendor_model import ModelDetails
from tests.events import judging

RETRIES = 8


@dataclass
class Note:
    """What somebody was told: the position, a refusal, or nothing."""

    acknowledged: int = 0
    refused: str = ""
    failed: str = ""


class Load:
    """Until told to stop; whoever gets no answer goes on with something else."""

    def __init__(self, store: Store, chance: random.Random, *, lanes: int = 6, pause: float = 0.0) -> None:
        self.store, self._chance, self._lanes, self._pause = store, chance, lanes, pause
        self.notes: dict[UUID, Note] = {}
        self._stop = asyncio.Event()

    @property
    def acknowledged(self) -> int:
        return sum(note.acknowledged > 0 for note in self.notes.values())

    @property
    def failures(self) -> set[str]:
        return {note.failed for note in self.notes.values() if note.failed}

    async def run(self) -> None:
        await asyncio.gather(*(self._lane() for _ in range(self._lanes)), self._lives())

    def stop(self) -> None:
        self._stop.set()

    async def _lane(self) -> None:
        known: list[UUID] = []
        while not self._stop.is_set():
            await asyncio.sleep(self._pause)
            if known and self._chance.random() < 0.7:
                await self._issue(_model(self._chance.choice(known)))
            else:
                propose = _propose(f"Supplier {uuid4().hex[:12]}")
                if await self._issue(propose):
                    known.append(propose.supplier_id)

    async def _issue(self, command: Command) -> bool:
        """As the web does it, once for each click."""
        command_id = uuid4()
        note = self.notes[command_id] = Note()
        try:
            receipt = await self.store.office.issue(command, actor=PROCUREMENT, command_id=command_id)
            note.acknowledged = receipt.position
        except Refusal as refusal:
            note.refused = type(refusal).__name__
        except Exception as failure:
            note.failed = type(failure).__name__
            await asyncio.sleep(0.05)
        return note.acknowledged > 0

    async def _lives(self) -> None:
        """Whole pasts of suppliers, each recorded in one append of many streams."""
        while not self._stop.is_set():
            desk = MemoryDesk(datetime.now(UTC))
            use = with_use(desk, onboarded(desk))
            self._chance.choice((sent, submitted))(desk, use)
            note = self.notes[command := uuid4()] = Note()
            try:
                note.acknowledged = await self.store.repository.save(*desk.held.values(), command_id=command)
            except Exception as failure:
                note.failed = type(failure).__name__
            await asyncio.sleep(0.1 + self._pause)


def _propose(name: str) -> ProposeSupplier:
    return ProposeSupplier(
        details=SupplierDetails(name=name, country="DE"),
        contact=ContactDetails(name="Priya Raman", email="priya@northwind.example"),
        owner=PROCUREMENT.id,
        sanctions_clean=True,
    )


def _model(supplier: UUID) -> RegisterVendorModel:
    return RegisterVendorModel(supplier_id=supplier, details=ModelDetails(name=f"Model {uuid4().hex[:8]}"))


async def broken_promises(notes: Mapping[UUID, Note], recorder: PostgresRecorder) -> list[str]:
    """What people were told and is not so."""
    return held_against(notes, await recorder.select_feed(0, 10_000_000))


def held_against(notes: Mapping[UUID, Note], stored: Iterable[Stored]) -> list[str]:
    last: dict[UUID | None, int] = {}
    for fact in stored:
        last[fact.command_id] = fact.position
    wrong = {judging.FORGED} if not last.keys() <= notes.keys() else set()
    for command, note in notes.items():
        if note.acknowledged and last.get(command) != note.acknowledged:
            wrong.add(judging.LOST)
        if note.refused and command in last:
            wrong.add(judging.UNWANTED)
        if note.refused == StaleWrite.__name__:
            wrong.add(judging.NEEDLESS)
    return sorted(wrong)
