"""Suppliers that may be the one somebody is just proposing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from uuid import UUID

from projections.names import finding
from projections.names.finding import NUMBERS
from projections.names.rows import VIEW
from suppliers.likeness import Likeness, Profile, domain, rank, registration, stem

if TYPE_CHECKING:
    from projections.storage import Reader

FEW, ENOUGH, MOST = 20, 250, 40
"""Of one kind, of those with the same words, and compared in all: of words that many have, some will do."""
CANDIDATES = f"""
WITH found AS (
    (SELECT key, stem, 9 AS worth FROM {VIEW.table} WHERE registration = $1 LIMIT {FEW})
    UNION ALL (SELECT key, stem, 9 FROM {VIEW.table} WHERE site = $2 LIMIT {FEW})
    UNION ALL (
        SELECT key, stem, 8 FROM {VIEW.table} WHERE stem >= $3 AND stem < $3 || chr({sys.maxunicode})
         ORDER BY stem LIMIT {FEW})
    UNION ALL (
        SELECT few.key, few.stem, typed.worth
          FROM unnest($4::text[], $5::text[], $6::integer[]) AS typed(a, b, worth) CROSS JOIN LATERAL (
            SELECT key, stem FROM {VIEW.table}
             WHERE alike && {NUMBERS.format("a")} AND alike && {NUMBERS.format("b")} LIMIT {ENOUGH}) AS few)
)
SELECT n.key, n.row::text
  FROM (SELECT key FROM found GROUP BY key
         ORDER BY sum(worth) DESC, min(abs(length(stem) - length($3))), key LIMIT {MOST}) AS nearest
  JOIN {VIEW.table} AS n ON n.key = nearest.key
"""  # by words as joins, for which it is the index that is looked into first, however many have a word


async def candidates(reader: Reader, typed: Profile) -> list[Profile]:
    """Those worth comparing: same number or website, called alike in whole or in part, or beginning alike."""
    together = [*finding.together(typed)]
    found = await reader.fetch(
        CANDIDATES,
        registration(typed.registration_number) or None,
        domain(typed.website) or None,
        stem(typed.name) or None,
        *([each[at] for each in together] for at in range(3)),
    )
    return [Profile.model_validate_json(row).model_copy(update={"id": UUID(key)}) for key, row in found]


async def likely_duplicates(reader: Reader, typed: Profile, *, limit: int = 5) -> list[Likeness]:
    """Known suppliers that may be meant, the likeliest first, with reasons in words."""
    if len(stem(typed.name)) < 2 and not (typed.website or typed.registration_number):
        return []
    return rank(typed, await candidates(reader, typed), limit=limit)
