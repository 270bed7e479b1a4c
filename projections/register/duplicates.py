"""Suppliers that may be the one somebody is just proposing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.clauses import prefixes
from projections.register.lines import VIEW
from suppliers.likeness import Likeness, Profile, domain, rank, registration, spellings, stem

if TYPE_CHECKING:
    from projections.storage import Reader

CANDIDATES = f"""
SELECT row->>'id' AS id, name, row->>'legal_name' AS legal_name, row->>'country' AS country,
       row->>'website' AS website, row->>'registration_number' AS registration_number
  FROM (SELECT row, name, stem, 0 AS place FROM {VIEW.table} WHERE registration = $4 OR site = $3
        UNION ALL
        SELECT row, name, stem, 1 FROM {VIEW.table} WHERE near && $2
        UNION ALL
        (SELECT row, name, stem, 2 FROM {VIEW.table} WHERE words @@ $1::tsquery LIMIT 500)) AS found
 ORDER BY place, abs(length(stem) - $5), name LIMIT $6
"""


async def candidates(reader: Reader, typed: Profile, *, limit: int = 200) -> list[Profile]:
    """Those worth comparing: same number or website, a slip in a telling word apart, or beginning alike."""
    found = await reader.fetch(
        CANDIDATES,
        prefixes(stem(typed.name)),
        sorted(spellings(typed.name) | spellings(typed.legal_name)),
        domain(typed.website) or None,
        registration(typed.registration_number) or None,
        len(stem(typed.name)),
        limit,
    )
    return list({row["id"]: Profile.model_validate(dict(row)) for row in found}.values())


async def likely_duplicates(reader: Reader, typed: Profile, *, limit: int = 5) -> list[Likeness]:
    """Known suppliers that may be meant, the likeliest first, with reasons in words."""
    if len(stem(typed.name)) < 2 and not (typed.website or typed.registration_number):
        return []
    return rank(typed, await candidates(reader, typed), limit=limit)
