"""What a supplier's page shows besides posture, assessments and activity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Literal, get_args
from uuid import UUID

from pydantic_core import to_json

from projections.dossier.entries import AttestationEntry, DecisionEntry, ModelEntry, SourceEntry, UseEntry
from projections.view import Column, Row, View
from suppliers.likeness import words

Part = Literal["models", "data_sources", "uses", "attestations"]
HOLDING: Mapping[Part, str] = {part: f"names->'{part}' <> '{{}}'" for part in get_args(Part)}
"""Whether there is any of a part, as SQL."""


class Dossier(Row):
    """One supplier's, each part by id in the order in which it came."""

    supplier_id: UUID
    models: Mapping[str, ModelEntry] = {}
    data_sources: Mapping[str, SourceEntry] = {}
    uses: Mapping[str, UseEntry] = {}
    attestations: Mapping[str, AttestationEntry] = {}
    decisions: Mapping[str, DecisionEntry] = {}

    def subject(self, subject_id: UUID | None) -> ModelEntry | SourceEntry | None:
        """The model or data source with this id."""
        return self.models.get(str(subject_id)) or self.data_sources.get(str(subject_id))

    def about(self, subject_id: UUID) -> list[AttestationEntry]:
        """The attestations that say something about a subject: its own and the supplier's."""
        return [each for each in self.attestations.values() if each.subject_id in (None, subject_id)]

    @property
    def names(self) -> dict[UUID, str]:
        """What everything here is called."""
        named = {model.id: model.name for model in self.models.values()}
        named |= {source.id: source.name for source in self.data_sources.values()}
        named |= {use.id: use.title for use in self.uses.values()}
        return named | {each.id: each.title for each in self.attestations.values()}


def ids(row: Dossier) -> str:
    """The ids of all it holds."""
    return " ".join((*row.models, *row.data_sources, *row.uses, *row.attestations, *row.decisions))


def names(row: Dossier) -> str:
    """Part -> id -> what it is called, for lists that name a few of these things."""
    named = {
        "models": {id: each.details.name for id, each in row.models.items()},
        "data_sources": {id: each.details.name for id, each in row.data_sources.items()},
        "uses": {id: each.title for id, each in row.uses.items()},
        "attestations": {id: each.title for id, each in row.attestations.items()},
    }
    return to_json(named).decode()


def name_words(row: Dossier) -> str:
    """What models, data sources and uses are searched by."""
    models, sources = (each.name for each in row.models.values()), (each.name for each in row.data_sources.values())
    titles = (use.title for use in row.uses.values())
    return " ".join(_worded(text) for text in (*models, *sources, *titles))


@lru_cache(4096)  # a row's texts are the same at nearly every event
def _worded(text: str) -> str:
    return " ".join(words(text))


def confirmation_awaited_since(row: Dossier) -> datetime | None:
    return min((use.described_at for use in row.uses.values() if use.to_confirm), default=None)


def verification_awaited_since(row: Dossier) -> datetime | None:
    return min((each.given_at for each in row.attestations.values() if each.to_verify), default=None)


VIEW = View(
    "dossier",
    4,
    Dossier,
    columns=(
        Column("ids", "uuid[]", ids, given_as="text", sql="string_to_array({}, ' ')::uuid[]"),
        Column("names", "jsonb", names, given_as="text", sql="{}::jsonb"),
        Column("words", "tsvector", name_words, given_as="text", sql="to_tsvector('simple', {})"),
        Column("to_confirm", "integer", lambda row: sum(use.to_confirm for use in row.uses.values())),
        Column("to_verify", "integer", lambda row: sum(each.to_verify for each in row.attestations.values())),
        Column("to_confirm_since", "timestamptz", confirmation_awaited_since),
        Column("to_verify_since", "timestamptz", verification_awaited_since),
    ),
    indexes=(
        "USING gin (ids) WITH (fastupdate = off)",
        "USING gin (words) WITH (fastupdate = off)",
        "(to_confirm_since, key) WHERE to_confirm > 0",
        "(to_verify_since, key) INCLUDE (to_verify) WHERE to_verify > 0",
        *(f"(key) WHERE {any}" for any in HOLDING.values()),
    ),
    kept_as="text",
)
