"""What of the audit trail is asked for, as it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request

from projections.activity import KINDS, Filters


@dataclass(frozen=True)
class Asked:
    """The filters, and the address parts that ask for them."""

    filters: Filters
    params: Mapping[str, str]

    def href(self, path: str = "/activity", **changes: str | None) -> str:
        kept = {name: value for name, value in {**self.params, **changes}.items() if value}
        return f"{path}?{urlencode(kept)}" if kept else path

    def without(self, name: str) -> str:
        """The same trail with one filter taken away."""
        left = {key: value for key, value in self.params.items() if key != name}
        return f"/activity?{urlencode(left)}" if left else "/activity"


def asked(request: Request, supplier_id: UUID | None = None) -> Asked:
    """Reads the address; what it does not know it leaves out."""
    given = request.query_params
    kind = given.get("kind", "") if given.get("kind") in KINDS else ""
    actor, supplier = _id(given.get("person", "")), supplier_id or _id(given.get("supplier", ""))
    since, until = _day(given.get("since", "")), _day(given.get("until", ""))
    params = {
        "kind": kind,
        "person": str(actor or ""),
        "supplier": "" if supplier_id else str(supplier or ""),
        "since": since.isoformat() if since else "",
        "until": until.isoformat() if until else "",
    }
    kinds = (kind,) if kind else ()
    filters = Filters(kinds=kinds, actor=actor, supplier_id=supplier, since=since, until=until)
    return Asked(filters, {name: value for name, value in params.items() if value})


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
