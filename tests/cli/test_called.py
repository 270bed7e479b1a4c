"""Commands that are about one supplier all find it the same way, and say so when several are meant."""

from __future__ import annotations

import asyncpg
import pytest

from cli.called import called
from cli.settings import Misconfigured
from desk import ADMIN
from projections import names, posture, register
from projections.projector import Projector
from suppliers.onboarding import ProposeSupplier
from suppliers.supplier import SupplierDetails
from tests.projections.log import Log, LogFeed

NAMES = ("Acme", "Acme Voice", "Müller & Söhne Data", "Twin Labs", "Twin Labs")


async def test_a_supplier_is_meant_by_id_by_name_or_by_words_of_it(pool: asyncpg.Pool) -> None:
    log = Log()
    commands = [ProposeSupplier(details=SupplierDetails(name=name)) for name in NAMES]
    for command in commands:
        log.hand_in(command, by=ADMIN)
    await Projector(LogFeed(log.facts), pool, [names.VIEW, register.VIEW, posture.VIEW]).catch_up()

    for text, meant in (
        (str(commands[1].supplier_id), 1), ("acme", 0), ("voice", 1), ("ACME  Voi", 1), ("muller and sohne", 2),
    ):  # fmt: skip
        assert await called(pool, text) == (commands[meant].supplier_id, NAMES[meant])
    for text, said in (
        (
            "Twin Labs",
            f"Several suppliers are called Twin Labs: Twin Labs ({min(str(c.supplier_id) for c in commands[3:])})",
        ),
        ("a", "Acme Voice"),
        ("Nobody", "No supplier is called Nobody"),
        ("00000000-0000-0000-0000-000000000001", "No supplier is called 0000"),
        (" ", "No supplier is called"),
    ):
        with pytest.raises(Misconfigured, match=r".") as refused:
            await called(pool, text)
        assert said in str(refused.value)
