"""A snapshot saves time and nothing else: whatever befalls it, the events say what is."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

import suppliers.commands  # brings every aggregate with it
from events.keys import MemoryKeyring
from events.mapper import Mapper
from events.memory import MemoryRecorder
from events.recorder import PostgresRecorder
from events.repository import Repository
from events.snapshots import MemorySnapshots, PostgresSnapshots, Snapshot
from events.state import Form, Lossy, alike, code_of, folder_of
from suppliers.aggregate import AGGREGATES
from tests.events.boats import Boat, Buoy

PERSON = uuid4()


@dataclasses.dataclass
class Harbour:
    """A log with snapshots every ten events, and the same log without."""

    recorder: Any
    snapshots: Any
    keyring: MemoryKeyring = dataclasses.field(default_factory=MemoryKeyring)

    def __post_init__(self) -> None:
        self.mapper = Mapper(self.keyring)
        self.repository = Repository(self.recorder, self.mapper, snapshots=self.snapshots, every=10)
        self.plain = Repository(self.recorder, self.mapper)

    async def sailed(self, times: int, boat: Boat | None = None) -> Boat:
        boat = boat or Boat.launch()
        for _ in range(times):
            boat.sail(1)
        await self.plain.save(boat)
        return boat

    async def loaded(self, id: UUID) -> Boat:
        """Through a snapshot if there is one; it is what the events alone make."""
        boat = await self.repository.load(Boat, id)
        alone = await self.plain.load(Boat, id)
        assert boat is not None and alone is not None and alike(boat.__dict__, alone.__dict__)
        return boat

    async def kept(self, id: UUID) -> Snapshot | None:
        snapshot, _ = await self.snapshots.select(id)
        return snapshot  # type: ignore[no-any-return]


class SnapshotContract:
    async def test_a_short_stream_has_none(self, harbour: Harbour) -> None:
        boat = await harbour.sailed(8)
        await harbour.loaded(boat.id)
        assert await harbour.kept(boat.id) is None

    async def test_a_long_stream_is_read_from_its_snapshot_on(self, harbour: Harbour) -> None:
        boat = await harbour.sailed(24)
        await harbour.loaded(boat.id)
        await harbour.sailed(3, boat)
        snapshot, since = await harbour.snapshots.select(boat.id)
        assert (snapshot.originator_version, [each.originator_version for each in since]) == (25, [26, 27, 28])
        assert (await harbour.loaded(boat.id)).legs == 27

    async def test_a_later_one_takes_its_place(self, harbour: Harbour) -> None:
        boat = await harbour.sailed(24)
        await harbour.loaded(boat.id)
        await harbour.loaded((await harbour.sailed(10, boat)).id)
        kept = await harbour.kept(boat.id)
        assert kept is not None and kept.originator_version == 35

    async def test_each_time_it_makes_an_aggregate_of_its_own(self, harbour: Harbour) -> None:
        boat = await harbour.sailed(24)
        await harbour.loaded(boat.id)
        (await harbour.loaded(boat.id)).sail(5)
        assert (await harbour.loaded(boat.id)).legs == 24

    async def test_who_decides_on_it_saves_as_ever(self, harbour: Harbour) -> None:
        boat = await harbour.sailed(24)
        await harbour.loaded(boat.id)
        again = await harbour.loaded(boat.id)
        again.sail(1)
        await harbour.repository.save(again)
        assert (await harbour.loaded(boat.id)).legs == 25

    async def test_it_can_be_thrown_away(self, harbour: Harbour) -> None:
        boat = await harbour.sailed(24)
        await harbour.loaded(boat.id)
        await harbour.snapshots.clear()
        assert (await harbour.loaded(boat.id)).legs == 24

    async def test_it_ends_before_the_first_personal_data(self, harbour: Harbour) -> None:
        boat = await harbour.sailed(14)
        boat.man(PERSON, "Ada")
        await harbour.sailed(12, boat)
        await harbour.loaded(boat.id)
        await harbour.loaded(boat.id)
        kept = await harbour.kept(boat.id)
        assert kept is not None and kept.originator_version == 15 and b"Ada" not in kept.state

    async def test_after_erasure_it_tells_no_name(self, harbour: Harbour) -> None:
        boat = await harbour.sailed(14)
        boat.man(PERSON, "Ada")
        await harbour.sailed(12, boat)
        assert (await harbour.loaded(boat.id)).skipper == "Ada"
        await harbour.keyring.erase(PERSON)
        assert (await harbour.loaded(boat.id)).skipper == "[erased]"

    @pytest.mark.parametrize(
        "harm",
        [
            {"fingerprint": "of other code"},
            {"state": b"{}"},
            {"state": b"\x00 no JSON"},
            {"topic": "os:path"},
            {"topic": "Gone"},
            {"topic": "Buoy"},
        ],
        ids=str,
    )
    async def test_one_that_cannot_be_read_is_ignored_and_replaced(self, harbour: Harbour, harm: Any) -> None:
        boat = await harbour.sailed(24)
        await harbour.loaded(boat.id)
        good = await harbour.kept(boat.id)
        assert good is not None
        (*_, last) = await harbour.recorder.select_stream(boat.id)
        await harbour.snapshots.keep(good._replace(**harm), last)
        assert (await harbour.loaded(boat.id)).legs == 24
        assert await harbour.kept(boat.id) == good

    @pytest.mark.parametrize("harm", [{"state": b"{}"}, {"position": 99}, {"originator_version": 99}], ids=str)
    async def test_one_ahead_of_the_log_or_of_another_event_is_not_found(self, harbour: Harbour, harm: Any) -> None:
        boat = await harbour.sailed(24)
        await harbour.loaded(boat.id)
        good = await harbour.kept(boat.id)
        assert good is not None
        (*_, last) = await harbour.recorder.select_stream(boat.id)
        await harbour.snapshots.keep(good, last._replace(**harm))
        if harm.keys() != {"state"}:
            await harbour.snapshots.keep(good._replace(**harm), last._replace(**harm))
        assert await harbour.kept(boat.id) is None
        assert (await harbour.loaded(boat.id)).legs == 24


class TestInMemory(SnapshotContract):
    @pytest.fixture
    def harbour(self) -> Harbour:
        recorder = MemoryRecorder()
        return Harbour(recorder, MemorySnapshots(recorder))


class TestInPostgres(SnapshotContract):
    @pytest.fixture
    def harbour(self, pool: asyncpg.Pool) -> Harbour:
        return Harbour(PostgresRecorder(pool), PostgresSnapshots(pool))

    async def test_one_that_was_tampered_with_is_not_found(self, harbour: Harbour, pool: asyncpg.Pool) -> None:
        boat = await harbour.sailed(24)
        await harbour.loaded(boat.id)
        await pool.execute("""UPDATE snapshots SET state = replace(convert_from(state, 'UTF8'), '24', '99')::bytea""")
        assert await harbour.kept(boat.id) is None
        assert (await harbour.loaded(boat.id)).legs == 24

    async def test_that_one_cannot_be_kept_keeps_nobody_from_loading(
        self, harbour: Harbour, pool: asyncpg.Pool
    ) -> None:
        boat = await harbour.sailed(24)
        await pool.execute("ALTER TABLE snapshots ADD CHECK (false)")
        assert (await harbour.loaded(boat.id)).legs == 24


def test_state_that_would_not_come_back_as_it_was_is_not_written() -> None:
    buoy = Buoy.lay()
    buoy.passed = "twice"  # type: ignore[assignment]
    with pytest.raises(Exception, match=r"passed|serializ"):
        Form(Buoy).write(buoy)
    buoy.passed, buoy.colour = 1, "red"  # type: ignore[attr-defined]
    with pytest.raises(Lossy, match="colour"):
        Form(Buoy).write(buoy)


@pytest.mark.parametrize("kind", [each for each in AGGREGATES.values() if each.__module__.startswith("suppliers.")])
def test_the_state_of_every_aggregate_can_be_written(kind: Any) -> None:
    assert Form(kind)


@pytest.mark.parametrize("kind", [each for each in AGGREGATES.values() if each.__module__.startswith("suppliers.")])
def test_a_snapshot_is_of_the_code_of_the_whole_domain_wherever_in_it_a_class_is(kind: Any) -> None:
    assert folder_of(kind) == Path(suppliers.commands.__file__).parent


def test_a_file_that_is_changed_or_added_anywhere_makes_it_other_code(tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    seen = set()
    for written in ("one.py", "part/two.py"), ("one.py", "part/two.py", "part/three.py"):
        for text in "a = 1", "a = 2":
            for name in written:
                (tmp_path / name).write_text(text)
            seen.add(code_of(tmp_path))
    assert len(seen) == 4


def test_alike_sees_types() -> None:
    other: list[Callable[[], Awaitable[None]] | Any] = [(1,), [True], {"a": 1.0}, {1}]
    assert not any(alike(one, two) for one, two in zip([[1], [1], {"a": 1}, frozenset({1})], other, strict=True))
