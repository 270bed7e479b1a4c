"""What was mailed, to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg
from fastapi import APIRouter, Request
from starlette.responses import Response

from web.context import services_of
from web.page import render
from web.rendering import query
from web.staff import Staff

router = APIRouter()
MOST = 50
COUNTED = 1_000
"""Letters of a state that are counted: more than that nobody counts."""
FOUND = f"""
SELECT found.* FROM unnest($1::text[]) AS wanted(state) CROSS JOIN LATERAL (
    SELECT key, letter, recipient, subject, state, attempts, smtp_code, smtp_text, next_attempt_at, created_at, sent_at
      FROM letters
     WHERE state = wanted.state AND (created_at, key) < (coalesce($2, 'infinity'::timestamptz), $3)
       AND ($4 = '' OR recipient ILIKE '%' || $4 || '%')
     ORDER BY created_at DESC, key DESC LIMIT {MOST + 1}) AS found
 ORDER BY created_at DESC, key DESC LIMIT {MOST + 1}
"""  # the latest of each state are among the latest of all
COUNTS = f"""
SELECT wanted.state, (
    SELECT count(*) FROM (SELECT FROM letters WHERE letters.state = wanted.state LIMIT {COUNTED + 1}) AS few) AS count
  FROM unnest($1::text[]) AS wanted(state)
"""
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "going": ("On their way", ("owed", "claimed")),
    "sent": ("Sent", ("sent", "done")),
    "refused": ("Refused", ("refused",)),
    "unknown": ("Not known", ("unknown",)),
}
WORDS = {"owed": "On its way", "claimed": "On its way", "sent": "Sent", "done": "Sent", "refused": "Refused",
         "unknown": "Not known"}  # fmt: skip
TONES = {"owed": "info", "claimed": "info", "sent": "good", "done": "good", "refused": "bad", "unknown": "warn"}


class Mailed(NamedTuple):
    """One letter; what stands in it is not shown here."""

    kind: str
    recipient: str
    subject: str
    state: str
    tone: str
    explanation: str
    at: datetime


@router.get("/letters")
async def letters(request: Request, staff: Staff, state: str = "", q: str = "", after: str = "") -> Response:
    services = services_of(request)
    group = GROUPS.get(state)
    moment, _, key = after.partition("|")
    rows = await services.pool.fetch(FOUND, group[1] if group else [*WORDS], _moment(moment), key, _plain(q))
    counts = {row["state"]: row["count"] for row in await services.pool.fetch(COUNTS, [*WORDS])}
    last = rows[MOST - 1] if len(rows) > MOST else None
    return render(
        request,
        "staff/letters.html",
        letters=[mailed(row) for row in rows[:MOST]],
        after=f"{last['created_at'].isoformat()}|{last['key']}" if last else "",
        tabs=_tabs(counts, state if group else "", q),
        state=state if group else "",
        q=q,
        mailbox=services.identity.mailbox_url if services.identity.demo else None,
    )


def mailed(row: asyncpg.Record | Mapping[str, Any]) -> Mailed:
    kind = row["letter"].replace("_", " ").capitalize()
    return Mailed(
        kind=kind,
        recipient=row["recipient"] or "Somebody whose data was erased",
        subject=row["subject"] or kind,
        state=WORDS.get(row["state"], row["state"]),
        tone=TONES.get(row["state"], "plain"),
        explanation=_explanation(row),
        at=row["sent_at"] or row["created_at"],
    )


def _explanation(row: asyncpg.Record | Mapping[str, Any]) -> str:
    """What became of it, where "sent" does not say it all."""
    said = " ".join(str(part) for part in (row["smtp_code"], row["smtp_text"]) if part)
    if row["state"] == "refused":
        if row["smtp_code"] is None:
            return f"It was not sent: {row['smtp_text'] or 'it was no longer wanted'}."
        return f"The mail server will not take it: {said}. Correct the address, then have a new link mailed."
    if row["state"] == "unknown":
        return "The connection broke after it was handed over, so it may have arrived. Ask before it is sent again."
    if row["state"] in ("owed", "claimed") and row["attempts"]:
        return f"Tried {row['attempts']} times so far; the mail server said: {said or 'nothing'}."
    return ""


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _plain(text: str) -> str:
    """What is searched for, with the signs that mean something to LIKE taken literally."""
    return text.strip()[:100].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _tabs(counts: Mapping[str, int], state: str, q: str) -> list[dict[str, Any]]:
    kept = {"q": q}
    everything = f"/letters{query(kept)}" if q else "/letters"
    found = [{"label": "All", "href": everything, "current": not state, "count": _number(counts.values())}]
    for key, (word, states) in GROUPS.items():
        number = _number([counts[each] for each in states])
        href = f"/letters{query(kept, state=key)}"
        found.append({"label": word, "href": href, "current": key == state, "count": number})
    return found


def _number(counts: Collection[int]) -> str:
    """Of several states together, as far as they were counted."""
    most = f"{COUNTED:,}+"
    return most if any(each > COUNTED for each in counts) else f"{sum(counts):,}"
