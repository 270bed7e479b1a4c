"""One line of the register, and how the facts about a supplier change it."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from projections.names.words import kept, of_supplier
from projections.reading import by_key
from projections.view import Column, Row, View, but, its_supplier, new
from suppliers.data_source import DataSource
from suppliers.likeness import words
from suppliers.ports import Recorded
from suppliers.supplier import Standing, Supplier, SupplierDetails
from suppliers.use import Use
from suppliers.vendor_model import VendorModel

if TYPE_CHECKING:
    from projections.storage import Reader


class Line(Row):
    """A supplier. `models`, `data_sources` and `uses` count those not retired."""

    id: UUID
    version: int
    name: str
    legal_name: str
    country: str
    website: str
    registration_number: str
    standing: Standing
    since: datetime
    standing_reason: str = ""
    """Why it was declined, suspended, reinstated or left, in the words of who did it."""
    owner: UUID | None = None
    contact: UUID | None = None
    sanctions_clean: bool | None = None
    """None = not checked since it was proposed."""
    sanctions_checked_at: datetime | None = None
    sanctions_note: str = ""
    before_suspension: Standing | None = None
    ratify_by: datetime | None = None
    exit_plan: str = ""
    certificate: str = ""
    models: int = 0
    data_sources: int = 0
    uses: int = 0
    proposed_by: UUID
    proposed_at: datetime
    changed_at: datetime


@lru_cache(4096)  # a supplier's texts are the same at nearly every event
def sort_name(name: str) -> str:
    """How a name is ordered: as it is read, not as it is stored."""
    return " ".join(words(name)) or name


VIEW = View(
    "register",
    5,
    Line,
    columns=(
        Column("sort_name", 'text COLLATE "C"', lambda line: sort_name(line.name), given_as="text"),
        Column("standing", "text", lambda line: line.standing),
        Column("since", "timestamptz", lambda line: line.since),
        Column("owner", "uuid", lambda line: line.owner),
        Column("name", "text", lambda line: line.name),
        Column("words", "text", lambda line: kept(of_supplier(line))),
    ),
    indexes=(
        "(sort_name, key)",
        "(since DESC, key DESC)",
        "(standing, sort_name, key)",
        "(since DESC, key DESC) WHERE standing = 'proposed'",
        "(owner)",
    ),
    days=True,
    day_indexes=("(day, until) INCLUDE (key, standing, owner, sort_name, since)",),
    kept_as="text",
    omits_defaults=True,
)


async def of(reader: Reader, supplier_id: UUID) -> Line | None:
    return await by_key(reader, VIEW, supplier_id)


def stepped(line: Line, event: Supplier.Event, **changes: Any) -> Line:
    """The line after a fact about the supplier itself."""
    return but(line, version=event.originator_version, changed_at=event.timestamp, **changes)


def moved(line: Line, event: Supplier.Event, standing: Standing, reason: str = "") -> Line:
    return stepped(line, event, standing=standing, since=event.timestamp, standing_reason=reason)


def identified(details: SupplierDetails) -> dict[str, Any]:
    return dict(details.__dict__)


@VIEW.on(Supplier.Proposed)
def proposed(_: None, event: Supplier.Proposed, recorded: Recorded) -> Line:
    return new(
        Line,
        id=event.originator_id,
        version=event.originator_version,
        **identified(event.details),
        standing=Standing.PROPOSED,
        since=event.timestamp,
        proposed_by=event.by,
        proposed_at=event.timestamp,
        changed_at=event.timestamp,
    )


@VIEW.on(Supplier.DetailsCorrected)
def corrected(line: Line, event: Supplier.DetailsCorrected, recorded: Recorded) -> Line:
    return stepped(line, event, **identified(event.details))


@VIEW.on(Supplier.OwnerAssigned)
def owner_assigned(line: Line, event: Supplier.OwnerAssigned, recorded: Recorded) -> Line:
    return stepped(line, event, owner=event.owner)


@VIEW.on(Supplier.ContactNamed)
def contact_named(line: Line, event: Supplier.ContactNamed, recorded: Recorded) -> Line:
    return stepped(line, event, contact=event.contact)


@VIEW.on(Supplier.SanctionsChecked)
def sanctions_checked(line: Line, event: Supplier.SanctionsChecked, recorded: Recorded) -> Line:
    return stepped(
        line,
        event,
        sanctions_clean=event.clean,
        sanctions_checked_at=event.timestamp,
        sanctions_note=event.note,
    )


def counting(field: str, by: int) -> Any:
    """A fold that counts what belongs to a supplier."""

    def fold(line: Line, event: Any, recorded: Recorded) -> Line:
        return but(line, **{field: getattr(line, field) + by})

    return fold


for _kind, _first, _field in (
    (VendorModel, VendorModel.Registered, "models"),
    (DataSource, DataSource.Registered, "data_sources"),
    (Use, Use.Described, "uses"),
):
    VIEW.on(_first, keys=its_supplier)(counting(_field, 1))
    VIEW.on(_kind.Retired, keys=its_supplier)(counting(_field, -1))
