"""Suppliers that may be the one somebody is just proposing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.clauses import prefixes
from projections.register.lines import VIEW
from suppliers.likeness import Likeness, Profile, domain, rank, registration, spellings, stem, strong

if TYPE_CHECKING:
    from projections.storage import Reader

CANDIDATES = f"""
SELECT r.row->>'id' AS id, r.name, r.row->>'legal_name' AS legal_name, r.row->>'country' AS country,
       r.row->>'website' AS website, r.row->>'registration_number' AS registration_number
  FROM (SELECT key, hits FROM (
            SELECT key, stem, 999 AS hits FROM {VIEW.table} WHERE registration = $4 OR site = $3
            UNION ALL
            SELECT key, min(stem), count(*) FROM unnest($2::text[]) AS typed(word)
              JOIN {VIEW.table} ON near && string_to_array(word, ' ') GROUP BY key
            UNION ALL
            (SELECT key, stem, 0 FROM {VIEW.table} WHERE words @@ $1::tsquery LIMIT 500)) AS found
         ORDER BY hits DESC, abs(length(stem) - $5), stem, key LIMIT $6) AS nearest
  JOIN {VIEW.table} AS r ON r.key = nearest.key
"""


async def candidates(reader: Reader, typed: Profile, *, limit: int = 100) -> list[Profile]:
    """Those worth comparing: same number or website, telling words alike but for a slip, or beginning alike."""
    found = await reader.fetch(
        CANDIDATES,
        prefixes(stem(typed.name)),
        [" ".join(sorted(spellings(word))) for word in sorted(strong(typed.name) | strong(typed.legal_name))],
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
