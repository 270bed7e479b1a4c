"""From where lists read views: from the live tables, or from something else that has the same columns."""

from __future__ import annotations

from typing import Any

from projections.view import View


class Sources:
    """View name -> what stands for its table after FROM: a table, or a sub-selection in brackets.

    It has the view's `key` and the columns that days have, and its `row` where a query decodes rows. Views that are not
    named are live.
    """

    def __init__(self, **given: str) -> None:
        self._given = given

    def of(self, view: View[Any]) -> str:
        """What a query writes after FROM."""
        return self._given.get(view.name, view.table)


LIVE = Sources()
