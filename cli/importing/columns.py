"""The columns a file may have, and the other names people give them."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import NamedTuple

from cli.importing.problems import Problem

SYNONYMS: dict[str, str] = {
    "name": "supplier, supplier name, vendor, vendor name, company, company name",
    "legal_name": "legal entity, registered name, full name, official name",
    "country": "country code, country iso, iso country, iso2",
    "website": "web, url, homepage, web site, site, domain",
    "registration_number": "registration no, registration, reg no, reg number, register number, company number, "
    "company registration number, hrb, kvk, siren",
    "contact_name": "contact, contact person, vendor contact",
    "contact_email": "contact mail, contact e mail, email, e mail, mail, vendor email",
    "owner_email": "owner, owner mail, internal owner, relationship owner, owner e mail",
    "sanctions_clean": "sanctions, sanctions check, sanctions ok",
    "sanctions_note": "sanctions lists, sanctions comment",
    "model_name": "model, ai model, ai system, product, product name",
    "model_version": "version",
    "supply_kind": "supply, kind, delivery",
    "upstream_model": "upstream, base model, foundation model",
    "hosting_region": "region, hosting, hosting location, data residency",
    "trains_on_our_data": "training, trains on data, trains on customer data",
    "data_source_name": "data source, datasource, dataset, data set, dataset name",
    "provenance": "origin, data origin",
    "licence": "license, data licence, data license",
    "personal_data": "pii, personal, contains personal data",
    "refresh": "refresh rate, update frequency, refresh frequency",
}
"""Column -> other names, separated by commas."""


OURS = ("", "problem")
"""Headings that need no word: a file of errors, corrected, comes back with the problems in it."""


def spelled(heading: str) -> str:
    """A heading without case, punctuation and repeated blanks."""
    return " ".join(re.findall(r"\w+", heading.casefold().replace("_", " ")))


KNOWN: dict[str, str] = {
    spelled(each): column for column, others in SYNONYMS.items() for each in (column, *others.split(","))
}


class Header(NamedTuple):
    """Which column stands where; None = not one of ours."""

    columns: tuple[str | None, ...]
    problems: tuple[Problem, ...]


def recognised(cells: list[str]) -> int:
    """How many of these are headings we know."""
    return sum(spelled(cell) in KNOWN for cell in cells)


def header_of(cells: list[str], line: int) -> Header:
    problems: list[Problem] = []
    columns: list[str | None] = []
    for cell in cells:
        column = KNOWN.get(spelled(cell))
        if column is not None and column in columns:
            problems.append(Problem(line, column, cell, "This column is there twice: remove or rename one of the two."))
        elif column is None and spelled(cell) not in OURS:
            problems.append(_unknown(cell, line))
        columns.append(column)
    if "name" not in columns:
        known = ", ".join(SYNONYMS)
        problems.append(
            Problem(line, "name", "", f"There is no column of this name; it is required. The columns are: {known}.")
        )
    return Header(tuple(columns), tuple(problems))


def _unknown(cell: str, line: int) -> Problem:
    """A slip would lose the whole column in silence; what is merely more than we ask for does no harm."""
    close = get_close_matches(spelled(cell), KNOWN, n=1, cutoff=0.85)
    if close:
        meant = KNOWN[close[0]]
        return Problem(line, cell.strip(), "", f"Unknown column. If {meant} is meant, write {meant}; else rename it.")
    return Problem(line, cell.strip(), "", "Unknown column: it is left out.", "warning")
