"""What ends a projector's rest, and what does not."""

import asyncio

from projections.resting import rest
from tests.projections.log import LogFeed


class Quiet(LogFeed):
    """Nothing is ever appended."""

    async def wait(self, after: int, timeout: float) -> None:
        await asyncio.sleep(60)


async def rests(under_way: asyncio.Future[None], stopping: asyncio.Future[None]) -> bool:
    """Whether it is resting still, a moment later."""
    resting = asyncio.create_task(rest(Quiet([]), 0, {under_way}, stopping, 60))
    await asyncio.wait({resting}, timeout=0.05)
    still = not resting.done()
    resting.cancel()
    await asyncio.wait({resting})
    return still


def future() -> asyncio.Future[None]:
    return asyncio.get_running_loop().create_future()


async def test_a_write_that_ends_well_ends_no_rest() -> None:
    written = future()
    asyncio.get_running_loop().call_later(0.01, written.set_result, None)
    assert await rests(written, future())


async def test_a_write_that_fails_ends_the_rest() -> None:
    written = future()
    asyncio.get_running_loop().call_later(0.01, written.set_exception, OSError())
    assert not await rests(written, future())


async def test_a_write_that_has_failed_lets_nobody_rest() -> None:
    written = future()
    written.set_exception(OSError())
    assert not await rests(written, future())


async def test_who_is_told_to_stop_does_not_rest() -> None:
    stopping = future()
    stopping.set_result(None)
    assert not await rests(future(), stopping)
