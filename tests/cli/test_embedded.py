"""The embedded servers never outlive the process that started them."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.embedded.children import last_words, watched
from cli.embedded.postgres import GOING_DOWN, LEAST, MOST, Postgres, buffers, serves
from cli.embedded.rights import nobody
from processes import ROOT, eventually, gone

STARTER = """
import sys
from pathlib import Path
from cli.embedded.servers import Servers
servers = Servers(Path(sys.argv[1]))
servers.start()
print(servers.postgres.pid, servers.nats.pid, flush=True)
sys.stdin.read()
"""


def test_both_servers_die_with_a_parent_that_is_killed_and_start_again_from_what_is_left(tmp_path: Path) -> None:
    for _ in range(2):
        starter = subprocess.Popen(
            [sys.executable, "-c", STARTER, str(tmp_path / "a folder")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert starter.stdout is not None and starter.stdin is not None
        pids = [int(pid) for pid in starter.stdout.readline().split()]
        starter.kill()
        starter.wait()
        starter.stdout.close()
        starter.stdin.close()
        assert len(pids) == 2
        assert eventually(lambda pids=pids: gone(pids))  # type: ignore[misc]


def test_where_the_kernel_cannot_tell_a_watchdog_ends_the_child() -> None:
    child = subprocess.Popen(["sleep", "60"])
    held = watched(child.pid, signal.SIGTERM)
    assert child.poll() is None
    held.close()  # what the kernel does with our end of the pipe when we die
    assert child.wait(5) == -signal.SIGTERM


def test_a_watchdog_that_is_told_goodbye_ends_nobody() -> None:
    child = subprocess.Popen(["sleep", "60"])
    held = watched(child.pid, signal.SIGTERM)
    held.write(b"done\n")
    held.close()
    time.sleep(0.1)
    assert child.poll() is None
    child.kill()
    child.wait()


def test_the_user_the_server_runs_as_can_reach_a_program_in_a_folder_closed_to_others(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    program = closed / "program"
    program.write_text('#!/bin/sh\ntest -x "$0" && grep CapEff /proc/self/status || id -u\n')
    program.chmod(0o755)
    said = subprocess.run(
        [program],
        preexec_fn=last_words(os.getpid(), signal.SIGKILL, nobody()),
        capture_output=True,
        text=True,
        check=True,
        timeout=10,
    )
    if nobody() is not None and sys.platform.startswith("linux"):
        rights = int(said.stdout.split()[1], 16)
        assert rights.bit_count() == 1, "it keeps that one right and no other of root's"


def test_a_folder_that_was_cut_off_while_being_made_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "new-cut-off").mkdir()
    server = Postgres(tmp_path, durable=False)
    server.start()
    server.wait()
    server.stop()
    assert not list(tmp_path.glob("new-*"))


def test_a_path_too_long_for_a_socket_is_no_obstacle_and_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 25)
    for _ in range(2):  # as if killed between the two: the first one's folder is found by its note
        server = Postgres(folder, durable=False)
        server.start()
        server.wait()
        elsewhere = Path((folder / "sockets-elsewhere").read_text())
        os.kill(server.pid, signal.SIGKILL)
        assert eventually(lambda server=server: not server.running)  # type: ignore[misc]
    server.stop()
    assert not elsewhere.exists()


def test_a_process_that_got_the_old_number_is_not_taken_for_the_server(postgres: Postgres, tmp_path: Path) -> None:
    assert serves(postgres.pid, postgres.cluster)
    assert not serves(os.getpid(), postgres.cluster)
    assert not serves(postgres.pid, tmp_path)


@pytest.mark.parametrize("setting", ["listen_addresses", "unix_socket_permissions"])
async def test_nobody_else_on_the_machine_can_connect(postgres: Postgres, setting: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(postgres.dsn())
    value = await connection.fetchval("SELECT current_setting($1)", setting)
    await connection.close()
    assert value == {"listen_addresses": "", "unix_socket_permissions": "0700"}[setting]


def test_postgresql_has_room_for_long_lists_but_never_most_of_the_machine() -> None:
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    assert LEAST <= buffers() <= MOST
    assert buffers() == LEAST or buffers() <= machine // 8


def test_a_server_that_was_killed_is_started_again_at_once(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path / "postgres", durable=False)
    postgres.start()
    postgres.wait()
    former = []
    for _ in range(2):
        former.append(postgres._child)  # whoever still knows it keeps it from being buried by chance
        os.kill(postgres.pid, signal.SIGKILL)
        postgres.start()
        postgres.wait()
    postgres.stop()


async def test_a_server_that_died_alone_is_not_followed_by_another_while_its_processes_still_write(
    tmp_path: Path,
) -> None:
    import asyncpg

    postgres = Postgres(tmp_path / "postgres", durable=False)
    postgres.start()
    postgres.wait()
    connection = await asyncpg.connect(postgres.dsn())
    pid = await connection.fetchval("SELECT pg_backend_pid()")
    busy = asyncio.ensure_future(connection.fetch("SELECT count(*) FROM generate_series(1, 8000000)"))
    await asyncio.sleep(0.1)
    os.kill(postgres.pid, signal.SIGKILL)  # whoever computes does not notice
    postgres.start()
    assert gone([pid])
    postgres.wait()
    await asyncio.gather(busy, return_exceptions=True)
    connection.terminate()
    postgres.stop()


def test_whoever_looks_at_the_folder_of_a_server_that_died_is_left_alone(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path / "postgres", durable=False)
    postgres.start()
    postgres.wait()
    guest = subprocess.Popen(["sleep", "60"], cwd=postgres.cluster)
    try:
        os.kill(postgres.pid, signal.SIGKILL)
        begun = time.monotonic()
        postgres.start()
        assert time.monotonic() - begun < GOING_DOWN, "nobody is waited for who is no server"
        postgres.wait()
        assert guest.poll() is None
    finally:
        guest.kill()
        guest.wait()
        postgres.stop()
