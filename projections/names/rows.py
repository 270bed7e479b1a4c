"""A thing that has a name: whose it is, what it is called, and what it is found by. It changes with its name alone."""

from __future__ import annotations

from uuid import UUID

from projections.names import words
from projections.names.finding import NUMBERS, SUPPLIERS, THINGS, beginnings, likenesses
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

    id: UUID
    supplier_id: UUID
    kind: Kind
    name: str
    legal_name: str = ""
    country: str = ""
    website: str = ""
    registration_number: str = ""

    @property
    def is_supplier(self) -> bool:
        return self.kind is Kind.SUPPLIER

    @property
    def words(self) -> list[str]:
        """What it is searched by; nobody searches for attestations, many of which are called alike."""
        if self.is_supplier:
            return words.of_supplier(self)
        return [] if self.kind is Kind.ATTESTATION else words.told(self.name)


def searched(row: Named) -> str | None:
    return words.kept(row.words) if row.words else None


def begun(row: Named) -> str | None:
    return beginnings(row.words, SUPPLIERS if row.is_supplier else THINGS) if row.words else None


def alike(row: Named) -> str | None:
    return likenesses(row.name, row.legal_name) if row.is_supplier else None


def stemmed(row: Named) -> str | None:
    return stem(row.name) if row.is_supplier else None


VIEW = View(
    "names",
    1,
    Named,
    columns=(
        Column("supplier_id", "uuid", lambda row: row.supplier_id),
        Column("kind", "text", lambda row: row.kind),
        Column("name", "text", lambda row: row.name),
        Column("words", "text", searched),
        Column("begun", "integer[]", begun, given_as="text", sql=NUMBERS),
        Column("alike", "integer[]", alike, given_as="text", sql=NUMBERS),
        Column("stem", 'text COLLATE "C"', stemmed, given_as="text"),
        Column("site", "text", lambda row: domain(row.website) or None),
        Column("registration", "text", lambda row: registration(row.registration_number) or None),
    ),
    indexes=(
        "(kind, supplier_id, key)",
        "USING gin (begun) WITH (fastupdate = off) WHERE begun IS NOT NULL",
        "USING gin (alike) WITH (fastupdate = off) WHERE alike IS NOT NULL",
        "(stem) WHERE stem IS NOT NULL",
        "(site) WHERE site IS NOT NULL",
        "(registration) WHERE registration IS NOT NULL",
    ),
    kept_as="text",
    omits_defaults=True,
)
