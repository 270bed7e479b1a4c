"""A row of cells made into what is to be recorded, or into everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from cli.importing.columns import SYNONYMS
from cli.importing.fields import FITS, Unfit, text
from cli.importing.problems import Problem
from cli.importing.table import Row
from suppliers.data_source import SourceDetails
from suppliers.likeness import Profile
from suppliers.onboarding import ContactDetails
from suppliers.supplier import SupplierDetails
from suppliers.vendor_model import ModelDetails

OF_A_MODEL = ("model_version", "supply_kind", "upstream_model", "hosting_region", "trains_on_our_data")
OF_A_SOURCE = ("provenance", "licence", "personal_data", "refresh")
NO_OWNER = "No member of staff with access has this address: let them in first, or correct it."

Staff = Mapping[str, UUID]
"""Mail address in small letters -> who may sign in with it."""


class Entry(BaseModel):
    """One supplier of the file."""

    model_config = ConfigDict(frozen=True)

    line: int
    details: SupplierDetails
    contact: ContactDetails | None = None
    owner: UUID | None = None
    sanctions_clean: bool | None = None
    sanctions_note: str = ""
    model: ModelDetails | None = None
    source: SourceDetails | None = None

    @property
    def profile(self) -> Profile:
        return Profile(**self.details.model_dump())


def entry_of(row: Row, staff: Staff, problems: list[Problem]) -> Entry | None:
    """None when something is wrong; all of it is added to the problems."""
    before = len(problems)
    fitted = dict(_fitted(row, problems))
    problems.extend(_together(row, fitted, staff))
    return None if len(problems) > before else _entry(row.line, fitted, staff)


def _fitted(row: Row, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    for column in SYNONYMS:
        value = row.values.get(column, "")
        try:
            yield column, FITS.get(column, text)(value)
        except Unfit as wrong:
            problems.append(Problem(row.line, column, value, str(wrong)))


def _together(row: Row, fitted: Mapping[str, Any], staff: Staff) -> Iterator[Problem]:
    """What only makes sense beside something else."""
    given = row.values.get
    owner = fitted.get("owner_email")
    if owner and owner not in staff:
        yield Problem(row.line, "owner_email", owner, NO_OWNER)
    if bool(given("contact_name")) != bool(given("contact_email")):
        missing = "contact_email" if given("contact_name") else "contact_name"
        yield Problem(row.line, missing, "", "A contact has a name and an address: write both, or leave both empty.")
    if given("sanctions_note") and not given("sanctions_clean"):
        yield Problem(row.line, "sanctions_clean", "", "There is a note on the check but no result: write yes or no.")
    for head, columns in (("model_name", OF_A_MODEL), ("data_source_name", OF_A_SOURCE)):
        orphans = [column for column in columns if given(column)]
        if orphans and not given(head):
            yield Problem(row.line, head, "", f"Give it a name, or leave {', '.join(orphans)} empty.")


def _entry(line: int, fitted: Mapping[str, Any], staff: Staff) -> Entry:
    contact = {"name": fitted["contact_name"], "email": fitted["contact_email"]}
    return Entry(
        line=line,
        details=SupplierDetails(**{field: fitted[field] for field in SupplierDetails.model_fields}),
        contact=ContactDetails(**contact) if fitted["contact_name"] else None,
        owner=staff[fitted["owner_email"]] if fitted["owner_email"] else None,
        sanctions_clean=fitted["sanctions_clean"],
        sanctions_note=fitted["sanctions_note"],
        model=_model(fitted) if fitted["model_name"] else None,
        source=_source(fitted) if fitted["data_source_name"] else None,
    )


def _model(fitted: Mapping[str, Any]) -> ModelDetails:
    said = {field: fitted[field] for field in OF_A_MODEL[1:] if fitted[field]}
    return ModelDetails(name=fitted["model_name"], version=fitted["model_version"], **said)


def _source(fitted: Mapping[str, Any]) -> SourceDetails:
    return SourceDetails(name=fitted["data_source_name"], **{field: fitted[field] for field in OF_A_SOURCE})
