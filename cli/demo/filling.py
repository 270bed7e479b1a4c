"""`tierce demo` from beginning to end: find the instance, write the history, load it, say what is there now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from cli.demo.history import SEED, History, write_history
from cli.demo.loading import NotEmpty, load, refuse_unless_empty
from cli.demo.summary import lines
from cli.pool import open_pool
from cli.settings import Settings
from suppliers.links import Links

Show = Callable[[float], None]


async def fill(settings: Settings, *, seed: str, today: date, say: Callable[[str], None]) -> History:
    """Everything, or a refusal; the instance is the same as before when anything goes wrong."""
    async with open_pool(settings.database_url, connections=2, name="tierce demo") as pool:
        await refuse_unless_empty(pool)
        with bar() as (telling, loading):
            history = await write_history(
                seed=seed,
                today=today,
                company=settings.company,
                base_url=settings.base_url,
                links=Links(settings.secret_key.get_secret_value()),
                progress=telling,
            )
            await load(pool, history, loading)
    for line in lines(history):
        say(line)
    return history


async def fill_when_empty(settings: Settings, *, say: Callable[[str], None]) -> None:
    """For an instance that starts: one that has records is left as it is."""
    try:
        await fill(settings, seed=SEED, today=datetime.now(UTC).date(), say=say)
    except NotEmpty:
        say("This instance has records, so no demo was added.")


@contextmanager
def bar() -> Iterator[tuple[Show, Show]]:
    """Two parts of one bar, on the error stream: writing takes most of the time."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Writing a year and a half", total=1.0)

        def telling(share: float) -> None:
            progress.update(task, completed=0.7 * share)

        def loading(share: float) -> None:
            progress.update(task, description="Loading it", completed=0.7 + 0.3 * share)

        yield telling, loading
