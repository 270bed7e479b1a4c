"""`tierce verify` says whether the log is what it was, and names the first event that is not."""

from __future__ import annotations

from pathlib import Path

from auditing import KEY, run, supplier_of
from events.tree.heads import signed
from events.tree.notes import new_key
from workhouse import Workhouse

FREE = "SET session_replication_role = replica;"


async def test_an_untouched_log_is_verified_with_the_head_that_was_kept(house: Workhouse) -> None:
    found = await run("verify", "--since", "kept.txt")
    assert found.exit_code == 0, found.output
    assert "none was changed, removed, inserted or moved" in found.output
    assert "1 signed heads agree" in found.output


async def test_the_first_event_that_was_changed_is_named_and_the_exit_code_is_1(house: Workhouse) -> None:
    await house.store.pool.execute(FREE + "UPDATE event_log SET actor = NULL WHERE position = 4")
    found = await run("verify")
    assert found.exit_code == 1
    assert "THE LOG WAS CHANGED. Changed: event 4 (" in found.output


async def test_a_tail_cut_off_together_with_its_seals_is_found_by_the_head_alone(house: Workhouse) -> None:
    await house.store.pool.execute(FREE + "DELETE FROM log_seals; DELETE FROM event_log WHERE position > 3")
    assert (await run("verify")).exit_code == 0
    found = await run("verify", "--since", "kept.txt")
    assert found.exit_code == 1
    assert "The log has 3 events, and on" in found.output


async def test_a_head_that_somebody_else_signed_convinces_nobody(house: Workhouse, tmp_path: Path) -> None:
    other = new_key(KEY.name)
    (tmp_path / "kept.txt").write_text(signed(other, size=1, root=b"r" * 32, at=house.clock.now()))
    found = await run("verify", "--since", "kept.txt")
    assert found.exit_code == 1
    assert "bears no signature of a key that is known here" in found.output


async def test_erasing_a_person_leaves_the_tree_as_it_was(house: Workhouse) -> None:
    persons = await house.store.pool.fetch("SELECT person_id FROM person_keys")
    assert persons
    for row in persons:
        await house.store.keyring.erase(row["person_id"])
    assert (await run("verify", "--since", "kept.txt")).exit_code == 0


async def test_the_events_of_one_supplier_are_proven(house: Workhouse) -> None:
    supplier = await supplier_of(house)
    found = await run("verify", "--supplier", str(supplier))
    assert found.exit_code == 0, found.output
    assert "are among the first" in found.output
    both = await run("verify", "--supplier", str(supplier), "--since", "kept.txt")
    assert both.exit_code == 2 and "the whole log" in both.stderr
    assert "No supplier is called Nobody" in (await run("verify", "--supplier", "Nobody")).output
    first = "SELECT min(position) FROM event_log WHERE originator_id = $1"
    position = await house.store.pool.fetchval(first, supplier)
    await house.store.pool.execute(FREE + f"UPDATE event_log SET topic = 'x' WHERE position = {position}")
    assert f"event {position} (x" in (await run("verify", "--supplier", str(supplier))).output
