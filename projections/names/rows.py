"""A thing that has a name: whose it is, what it is called, and what it is found by. It changes with its name alone."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from projections.names import words
from projections.names.finding import NUMBERS, beginnings, likenesses
from projections.view import Column, Row, View
from suppliers.likeness import domain, registration, stem
from suppliers.word import Word


class Kind(Word):
    SUPPLIER = "supplier"
    MODEL = "model"
    DATA_SOURCE = "data_source"
    USE = "use"
    ATTESTATION = "attestation"


class Named(Row):
    """Something with a name; of a supplier also what else tells it from others."""

    supplier_id: UUID
    kind: Kind
    name: str
    legal_name: str = ""
    country: str = ""
    website: str = ""
    registration_number: str = ""


def spelled(row: Named) -> str | None:
    """Nobody searches for attestations, many of which are called alike."""
    return None if row.kind in (Kind.SUPPLIER, Kind.ATTESTATION) else words.spelled(row.name)


def of_suppliers(name: str, type: str, value: Callable[[Named], str | None], sql: str = "{}") -> Column:
    """What only suppliers have."""
    return Column(name, type, lambda row: value(row) if row.kind is Kind.SUPPLIER else None, given_as="text", sql=sql)


VIEW = View(
    "names",
    1,
    Named,
    columns=(
        Column("supplier_id", "uuid", lambda row: row.supplier_id),
        Column("kind", "text", lambda row: row.kind),
        Column("name", "text", lambda row: row.name),
        Column("spelled", "tsvector", spelled, given_as="text", sql=words.SPELLED),
        of_suppliers("words", "text", lambda row: words.kept(words.of_supplier(row))),
        of_suppliers("begun", "integer[]", lambda row: beginnings(words.of_supplier(row)), NUMBERS),
        of_suppliers("alike", "integer[]", lambda row: likenesses(row.name, row.legal_name), NUMBERS),
        of_suppliers("stem", 'text COLLATE "C"', lambda row: stem(row.name)),
        of_suppliers("site", "text", lambda row: domain(row.website) or None),
        of_suppliers("registration", "text", lambda row: registration(row.registration_number) or None),
    ),
    indexes=(
        "(kind, supplier_id, key)",
        "USING gin (spelled) WITH (fastupdate = off) WHERE spelled IS NOT NULL",
        "USING gin (begun) WITH (fastupdate = off) WHERE begun IS NOT NULL",
        "USING gin (alike) WITH (fastupdate = off) WHERE alike IS NOT NULL",
        "(stem) WHERE stem IS NOT NULL",
        "(site) WHERE site IS NOT NULL",
        "(registration) WHERE registration IS NOT NULL",
    ),
    kept_as="text",
    omits_defaults=True,
)
