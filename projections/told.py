"""Who is in trouble is written down for everybody, and taken back once it is over."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from projections import troubles

if TYPE_CHECKING:
    from projections.follower import Follower
    from projections.storage import Pool

log = logging.getLogger(__name__)


class Told:
    """What one projector has written down, and what others before it had."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._views: set[str] = set()

    async def recall(self) -> None:
        self._views = await troubles.known(self._pool)

    async def tell(self, group: Iterable[Follower]) -> None:
        """The views go on also if that cannot be done."""
        fresh = [trouble for each in group if each.error and (trouble := each.trouble) is not None]
        over = [each.view.name for each in group if each.view.name in self._views and each.trouble is None]
        try:
            if fresh:
                await troubles.put(self._pool, fresh)
                self._views.update(each.view for each in fresh)
            if over:
                await troubles.clear(self._pool, over)
                self._views.difference_update(over)
        except Exception as reason:
            log.warning("cannot write down which views are in trouble: %s", reason)
