"""What every test may ask for: a real PostgreSQL, NATS and SMTP server, and a clock that can be moved."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from itertools import count
from typing import TYPE_CHECKING

import pytest

from clock import MovableClock
from memory import in_memory
from sink import SmtpSink

if TYPE_CHECKING:
    import asyncpg

    from cli.embedded.nats import Nats
    from cli.embedded.postgres import Postgres

collect_ignore = [] if os.environ.get("TIERCE_DRILL") else ["drills"]
"""Drills take their time: `make drill` runs them."""

TEMPLATE = "tierce_template"
SMALL = ["synchronous_commit=off", "shared_buffers=64MB", "min_wal_size=32MB", "max_wal_size=128MB"]
"""Databases of tests are made and dropped by the hundred: each time all that the server keeps at hand is gone over."""
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """One server for each test process; it forgets everything with the session, so it need not write to disk."""
    from cli.embedded.postgres import Postgres

    with in_memory(otherwise=tmp_path_factory.mktemp("postgres")) as folder:
        server = Postgres(folder, durable=False, settings=SMALL)
        server.start()
        server.wait()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def template(postgres: Postgres) -> str:
    """A migrated database that is copied for each test."""
    import asyncio

    asyncio.run(_execute(postgres.dsn(), f"CREATE DATABASE {TEMPLATE}"))
    _migrate(postgres.dsn(TEMPLATE))
    return TEMPLATE


@pytest.fixture
async def database(postgres: Postgres, template: str) -> AsyncIterator[str]:
    """The DSN of a fresh, migrated database."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    await _execute(postgres.dsn(), f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    yield postgres.dsn(name)
    await _execute(postgres.dsn(), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def pool(database: str) -> AsyncIterator[asyncpg.Pool]:
    """A pool on a fresh database, with the timeouts the application uses."""
    from cli.pool import open_pool

    pool = await open_pool(database, connections=10)
    yield pool
    pool.terminate()


@pytest.fixture(scope="session")
def nats(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nats]:
    from cli.embedded.nats import Nats

    server = Nats(tmp_path_factory.mktemp("nats"))
    server.start()
    server.wait()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def nats_url(nats: Nats) -> str:
    """A JetStream shared by the session's tests: give streams and consumers names of your own."""
    return nats.url


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    sink = SmtpSink()
    yield sink
    sink.close()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture(autouse=True)
def plain_logs() -> Iterator[None]:
    """Through the standard library, where pytest finds them; unconfigured, a trace takes seconds to draw."""
    import structlog

    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    yield
    structlog.reset_defaults()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """On CI a skipped test is a failed run: what is not tested there is not known to work."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and os.environ.get("CI") == "true" and reporter.stats.get("skipped"):
        reporter.write_line("\nA test was skipped; on CI that is a failure.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


async def _execute(dsn: str, statement: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _migrate(dsn: str) -> None:
    from migrations import upgrade

    upgrade(dsn)
