"""All that is shown of one supplier, read together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request

from projections import dossier, posture, register
from projections.asof import Past
from projections.dossier import Dossier, ModelEntry, SourceEntry, UseEntry
from projections.posture import SupplierPosture, UsePosture
from projections.register import Line
from suppliers.errors import NoSuchRecord
from suppliers.use import SubjectKind
from web.context import services_of
from web.looking.back import past_of
from web.pages.names import named

NOBODY = "Nobody yet"


@dataclass(frozen=True)
class Bought:
    """A model or data source; `folder` is its part of the address."""

    entry: ModelEntry | SourceEntry
    kind: SubjectKind
    folder: str

    @property
    def retired(self) -> bool:
        return self.entry.retired_reason is not None


@dataclass(frozen=True)
class File:
    """A supplier's line, dossier and posture, with the names of everyone in them."""

    line: Line
    dossier: Dossier
    posture: SupplierPosture | None
    people: Mapping[UUID, str]
    past: Past | None = None
    """Where it comes from when it is not the present that is looked at."""

    @property
    def id(self) -> UUID:
        return self.line.id

    @property
    def here(self) -> str:
        return f"/suppliers/{self.line.id}"

    @property
    def worst(self) -> UsePosture | None:
        """The use that decides the supplier's posture."""
        return self.posture.worst_use if self.posture else None

    @property
    def subjects(self) -> list[Bought]:
        """Everything we buy from it, what is retired last."""
        models = [Bought(each, SubjectKind.VENDOR_MODEL, "models") for each in self.dossier.models.values()]
        sources = [Bought(each, SubjectKind.DATA_SOURCE, "sources") for each in self.dossier.data_sources.values()]
        return sorted([*models, *sources], key=lambda each: each.retired)

    def uses_of(self, subject_id: UUID) -> list[UseEntry]:
        return [use for use in self.dossier.uses.values() if use.subject_id == subject_id]

    @property
    def active_uses(self) -> list[UseEntry]:
        return [use for use in self.dossier.uses.values() if use.active]

    def judged(self, use_id: UUID) -> UsePosture | None:
        return self.posture.uses.get(str(use_id)) if self.posture else None

    def who(self, person: UUID | None) -> str:
        """A person's name; one we do not know any more has none."""
        return NOBODY if person is None else self.people.get(person, "Unknown person")


async def file_of(request: Request, supplier_id: UUID) -> File:
    """Everything about a supplier; nothing for one that is not on the record."""
    pool = services_of(request).pool
    past = await past_of(request, supplier_id)
    if past is not None:
        line, kept, judged = past.line, past.dossier, past.posture
    else:
        line, kept = await register.of(pool, supplier_id), await dossier.of(pool, supplier_id)
        judged = await posture.of(pool, supplier_id)
    if line is None or kept is None:
        raise NoSuchRecord
    return File(line, kept, judged, await named(request, _persons(line, kept)), past)


def _persons(line: Line, kept: Dossier) -> Iterable[UUID]:
    found = [line.owner, line.contact, line.proposed_by]
    for use in kept.uses.values():
        found += [use.requester, use.class_confirmed_by, use.tier_by]
    for each in kept.attestations.values():
        found += [each.given_by, each.verified_by]
    found += [each.decided_by for each in kept.decisions.values()]
    return (person for person in found if person is not None)
