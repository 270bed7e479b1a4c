"""What a supplier's page shows besides posture, assessments and activity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from projections.dossier.entries import AttestationEntry, DecisionEntry, ModelEntry, SourceEntry, UseEntry
from projections.view import Column, Row, View

Part = Literal["models", "data_sources", "uses", "attestations"]


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


def confirmation_awaited_since(row: Dossier) -> datetime | None:
    return min((use.described_at for use in row.uses.values() if use.to_confirm), default=None)


def verification_awaited_since(row: Dossier) -> datetime | None:
    return min((each.given_at for each in row.attestations.values() if each.to_verify), default=None)


VIEW = View(
    "dossier",
    5,
    Dossier,
    columns=(
        Column("to_verify", "integer", lambda row: sum(each.to_verify for each in row.attestations.values())),
        Column("to_confirm_since", "timestamptz", confirmation_awaited_since),
        Column("to_verify_since", "timestamptz", verification_awaited_since),
    ),
    indexes=(
        "(to_confirm_since, key) WHERE to_confirm_since IS NOT NULL",
        "(to_verify_since, key) INCLUDE (to_verify) WHERE to_verify_since IS NOT NULL",
    ),
    kept_as="text",
)
