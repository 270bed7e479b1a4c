"""A person is erased: no table, no mail and no process says the name any more, and what they did stays."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import asyncpg

from cli.embedded.maildrop import Maildrop
from cli.erasing import Eraser
from cli.holdings import known
from cli.store import Store
from cli.traces import traces_of
from clock import MovableClock
from desk import ADMIN, LEGAL, MemoryDesk
from notifications.letter import Letter
from story import onboarded as onboarded_by
from story import submitted, with_use
from suppliers.people import ErasePerson, RegisterStaff
from suppliers.person import Person
from suppliers.ports import SYSTEM, Role
from tests.drills.site import stored
from tests.oracle import discrepancies
from tests.stories.house import eventually
from tests.stories.searching import columns_holding, files_holding
from tests.workhouse import Workhouse, workhouse

NAME, ADDRESS = "Quintessa O'Rumpel", "quintessa@rumpel.example"
WORDS = ("Quintessa", "O'Rumpel", "O&#x27;Rumpel", "O&#39;Rumpel", ADDRESS)


async def told(house: Workhouse, mails: Path) -> UUID:
    """Somebody known to everything that keeps people: log, views, letters to them and about them, mails, sessions."""
    desk = MemoryDesk(house.clock.now())
    person = RegisterStaff(name=NAME, email=ADDRESS, roles=frozenset({Role.PROCUREMENT}))
    desk.hand_in(person, by=SYSTEM)
    use = with_use(desk, onboarded_by(desk, owner=person.person_id))
    submitted(desk, use)
    await house.keep(desk)
    await house.projector.catch_up()
    pool, id = house.store.pool, person.person_id
    for key, of, text in (("to", id, f"Dear {NAME}"), ("about", LEGAL.id, "signed by Quintessa\nO'Rumpel, CEO")):
        letter = Letter(key=key, name=key, person=of, to=f"{key}@x.example", subject=NAME, text=text, html=f"<p>{text}")
        await house.ledger.owe(letter, 1)
    await pool.execute(
        "INSERT INTO sessions (token_hash, person_id, csrf_secret, expires_at) VALUES ('x', $1, 'x', now())", id
    )
    Maildrop(mails).keep(f"Subject: Hello\r\n\r\nDear {NAME}".encode(), sender="a@b.example", recipients=[ADDRESS])
    Maildrop(mails).keep(b"Subject: Other\r\n\r\nDear Bob", sender="a@b.example", recipients=["bob@b.example"])
    return id


async def says(store: Store, person: UUID) -> str:
    """What a process with whatever it keeps in mind says of the name."""
    return (await store.office.load(Person, person)).name


async def test_after_an_erasure_nothing_of_the_instance_holds_the_name_in_any_process(
    database: str, pool: asyncpg.Pool, tmp_path: Path, clock: MovableClock
) -> None:
    async with workhouse(database, "smtp://127.0.0.1:1", clock) as house, stored(database) as other:
        person = await told(house, tmp_path)
        assert await says(house.store, person) == await says(other, person) == NAME
        assert {"letters.body_text", "letters.subject"} <= await columns_holding(pool, WORDS)
        assert [each.id for each in await known(pool, ADDRESS.upper())] == [person]
        await house.store.office.issue(ErasePerson(person_id=person, reason="asked for it"), actor=ADMIN)
        await Eraser(house.store, house.ledger, tmp_path)(person)
        await house.projector.catch_up()
        await eventually(lambda: says(other, person), lambda name: name == "[erased]", "erased there, too", 5)
        assert await says(house.store, person) == "[erased]"
        assert await columns_holding(pool, WORDS) == set()
        assert files_holding(tmp_path, WORDS) == set()
        assert len(Maildrop(tmp_path).entries()) == 1, "mails of others stay"
        assert await discrepancies(pool) == []


async def test_an_erasure_that_was_cut_off_or_undone_by_a_restore_is_finished_by_who_starts_next(
    database: str, pool: asyncpg.Pool, tmp_path: Path, clock: MovableClock
) -> None:
    async with workhouse(database, "smtp://127.0.0.1:1", clock) as house:
        person = await told(house, tmp_path)
        await house.store.office.issue(ErasePerson(person_id=person, reason="asked for it"), actor=ADMIN)
        eraser = Eraser(house.store, house.ledger, tmp_path)
        assert await eraser.finish() == [person]
        assert await eraser.finish() == []
        assert not await traces_of(house.store, person)
        await house.projector.catch_up()
        assert await columns_holding(pool, WORDS) == set()


async def test_a_process_that_missed_the_announcement_forgets_all_keys_when_it_hears_again(
    database: str, pool: asyncpg.Pool, tmp_path: Path, clock: MovableClock
) -> None:
    async with workhouse(database, "smtp://127.0.0.1:1", clock) as house, stored(database) as other:
        person = await told(house, tmp_path)
        assert await says(other, person) == NAME
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tierce listener'"
        await pool.execute(cut)
        await pool.execute("UPDATE person_keys SET key = NULL, erased_at = now() WHERE person_id = $1", person)
        await eventually(lambda: says(other, person), lambda name: name == "[erased]", "erased there, too", 5)
