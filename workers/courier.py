"""Posts one letter and puts on the record what became of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid5

import structlog

from notifications.letter import Letter
from notifications.mailroom import Delivery
from notifications.outcome import Refused, Sent, Unknown
from suppliers.errors import Refusal
from suppliers.ports import SYSTEM, Command
from workers.workshop import Workshop

log = structlog.get_logger("workers")

ORDERS = UUID("6f1d2c6e-0f5b-4c58-9d0e-7d8d0f6a51c3")
"""Namespace of the ids of commands that workers give: the same occasion always gives the same id."""

Note = Callable[[], Command]
Bounce = Callable[[int, str], Command]


async def post(
    shop: Workshop, letter: Letter, position: int, *, sent: Note | None = None, refused: Bounce | None = None
) -> Delivery:
    """Deliver, record the outcome on the log through the given commands, then close the ledger's line."""
    outcome = await shop.mailroom.deliver(letter, position)
    match outcome:
        case Sent():
            await _record(shop, sent() if sent else None, letter.key)
        case Refused(code, text):
            await _record(shop, refused(code or 550, text) if refused else None, letter.key)
        case Unknown():
            await _record(shop, None, letter.key)
        case _:
            pass
    return outcome


async def order(shop: Workshop, command: Command, occasion: str) -> None:
    """Give a command once for an occasion; a refusal means that it is no longer due."""
    try:
        await shop.office.issue(command, actor=SYSTEM, command_id=uuid5(ORDERS, occasion))
    except Refusal as refusal:
        log.debug("not_due_any_more", command=type(command).__name__, occasion=occasion, why=refusal.sentence)


async def _record(shop: Workshop, command: Command | None, key: str) -> None:
    if command is not None:
        await order(shop, command, f"{type(command).__name__}:{key}")
    await shop.mailroom.done(key)
