"""What the address asks of the board and the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from fastapi import Request

from projections.assessments import Filters
from web.pages.assessments.columns import BY_KEY, narrowed
from web.rendering import query

WAITS: Mapping[str, Literal["vendor", "us"]] = {"vendor": "vendor", "us": "us"}
WAITS_WORDS = {"vendor": "Waits for the vendor", "us": "Waits for us"}


@dataclass(frozen=True)
class AskedFor:
    """The filters as they stand in the address; what makes no sense is as if it were not there."""

    q: str
    waits: str
    mine: bool
    stage: str
    as_list: bool
    after: str | None
    me: UUID

    @property
    def filters(self) -> Filters:
        wanted = Filters(search=self.q, waits_for=WAITS.get(self.waits), opened_by=self.me if self.mine else None)
        return narrowed(BY_KEY[self.stage], wanted) if self.stage else wanted

    @property
    def current(self) -> dict[str, Any]:
        """The filters for the query string of a link."""
        return {
            "q": self.q,
            "waits": self.waits,
            "mine": "yes" if self.mine else "",
            "stage": self.stage,
            "view": "list" if self.as_list else "",
        }

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Every filter that is set, with the address that removes it."""
        found = [("q", f"“{self.q}”" if self.q else ""), ("waits", WAITS_WORDS.get(self.waits, ""))]
        found += [("mine", "Opened by me" if self.mine else "")]
        found += [("stage", BY_KEY[self.stage].title if self.stage else "")]
        return [(words, query(self.current, **{name: None})) for name, words in found if words]


def asked_for(request: Request, me: UUID) -> AskedFor:
    given = request.query_params
    stage = given.get("stage", "")
    after = given.get("after", "")
    return AskedFor(
        q=given.get("q", "").strip()[:100],
        waits=given.get("waits", "") if given.get("waits", "") in WAITS else "",
        mine=given.get("mine") == "yes",
        stage=stage if stage in BY_KEY else "",
        as_list=given.get("view") == "list" or stage in BY_KEY,
        after=after if "|" in after else None,
        me=me,
    )
