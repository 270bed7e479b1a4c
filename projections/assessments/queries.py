"""What is asked of the assessments; names of suppliers come from the register."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from projections import names
from projections.assessments.rows import VIEW, AssessmentRow, Stage
from projections.clauses import Clauses
from projections.names.rows import VIEW as NAMES
from projections.reading import by_key
from projections.register.lines import VIEW as REGISTER
from projections.register.searching import met
from projections.sources import LIVE, Sources
from projections.view import Row, but
from suppliers.assessment import AssessmentState

if TYPE_CHECKING:
    from projections.storage import Reader

Sort = Literal["due", "activity"]

CARDS = """
SELECT a.row::text, s.name AS supplier_name, use.name AS use_title, subject.name AS subject_name
  FROM ({chosen}) AS a
  LEFT JOIN {register} AS s ON s.key = a.supplier_id::text
  LEFT JOIN {names} AS use ON use.key = a.row->>'use_id'
  LEFT JOIN {names} AS subject ON subject.key = a.row->>'subject_id'
"""
CHOSEN = "SELECT a.* FROM {assessments} AS a"
SEARCHED = "SELECT a.* FROM {assessments} AS a JOIN {register} AS f ON f.key = a.supplier_id::text"
STAGES = "SELECT stage, count(*), count(*) FILTER (WHERE overdue) FROM {assessments} AS a GROUP BY stage"
ORDERS = {"due": ("due_on", "date", "", ">"), "activity": ("last_activity", "timestamptz", "DESC", "<")}


class Filters(Row):
    """What is looked for; empty = everything."""

    search: str = ""
    """Words of the supplier's name."""
    suppliers: tuple[str, ...] | None = None
    """Who was found by them (see `searched`)."""
    stage: tuple[Stage, ...] = ()
    state: tuple[AssessmentState, ...] = ()
    waits_for: Literal["vendor", "us"] | None = None
    overdue: bool | None = None
    bounced: bool | None = None
    """Whether the mail server refused the invitation."""
    supplier_id: UUID | None = None
    opened_by: UUID | None = None
    due_until: date | None = None


class Card(Row):
    """An assessment with the names of what it is about."""

    assessment: AssessmentRow
    supplier_name: str
    use_title: str
    subject_name: str


class Cards(Row):
    """Some of the list; `after` leads to the next page, None = this is the last."""

    rows: tuple[Card, ...]
    after: str | None


async def of(reader: Reader, assessment_id: UUID) -> AssessmentRow | None:
    return await by_key(reader, VIEW, assessment_id)


async def of_supplier(reader: Reader, supplier_id: UUID) -> list[Card]:
    """All rounds of a supplier, the latest first."""
    return await _cards(reader, f"{CHOSEN} WHERE a.supplier_id = $1", "opened_at DESC, key", supplier_id)


async def of_use(reader: Reader, use_id: UUID) -> list[Card]:
    """All rounds about a use, the latest first."""
    return await _cards(reader, f"{CHOSEN} WHERE a.use_id = $1", "opened_at DESC, key", use_id)


async def to_review(reader: Reader, *, limit: int = 50, sources: Sources = LIVE) -> list[Card]:
    """What was submitted and waits for us, the longest waiting first."""
    chosen = f"{CHOSEN} WHERE stage = $1 ORDER BY since, key LIMIT $2"
    return await _cards(reader, chosen, "since, key", Stage.TO_REVIEW.value, limit, sources=sources)


async def board(reader: Reader, *, each: int = 25) -> dict[Stage, list[Card]]:
    """The first cards of every stage: what has been there longest, and of what is finished the latest."""
    columns: dict[Stage, list[Card]] = {}
    for stage in Stage:
        order = "since DESC, key DESC" if stage is Stage.FINISHED else "since, key"
        chosen = f"{CHOSEN} WHERE stage = $1 ORDER BY {order} LIMIT $2"
        columns[stage] = await _cards(reader, chosen, order, stage.value, each)
    return columns


async def stages(reader: Reader, *, sources: Sources = LIVE) -> dict[Stage, tuple[int, int]]:
    """How many there are in each stage, and how many of them are overdue."""
    found = {Stage(stage): (number, late) for stage, number, late in await reader.fetch(_on(STAGES, sources))}
    return {stage: found.get(stage, (0, 0)) for stage in Stage}


async def page(
    reader: Reader,
    filters: Filters | None = None,
    *,
    sort: Sort = "due",
    after: str | None = None,
    limit: int = 50,
    sources: Sources = LIVE,
) -> Cards:
    """A page by due date, or by what happened last."""
    wanted = filters or Filters()
    column, type, direction, beyond = ORDERS[sort]
    clauses = _conditions(wanted)
    if after is not None:
        key, _, text = after.partition("|")
        place: object = date.fromisoformat(text) if sort == "due" else datetime.fromisoformat(text)
        clauses.add(f"(a.{column}, a.key) {beyond} ({{}}::{type}, {{}})", place, key)
    order = f"{column} {direction}, key {direction}"
    source = SEARCHED if wanted.search.strip() else CHOSEN
    ordered = f"a.{column} {direction}, a.key {direction}"
    chosen = f"{source} {clauses.where} ORDER BY {ordered} LIMIT {int(limit) + 1}"
    found = await _cards(reader, chosen, order, *clauses.values, sources=sources)
    last = found[limit - 1].assessment if len(found) > limit else None
    more = None if last is None else f"{last.id}|{getattr(last, column).isoformat()}"
    return Cards(rows=tuple(found[:limit]), after=more)


async def searched(reader: Reader, filters: Filters) -> Filters:
    """The same of today, with the suppliers in place of the words that find them, unless these are many: their rounds
    are soon met with in the order of the list."""
    found = await names.suppliers(reader, filters.search) if filters.search.strip() else None
    return but(filters, search="", suppliers=tuple(found.keys)) if found and found.whole else filters


def _conditions(filters: Filters) -> Clauses:
    clauses = Clauses()
    if filters.search.strip():
        met(clauses, filters.search, line="f")
    if filters.suppliers is not None:
        clauses.add("a.supplier_id = ANY({}::text[]::uuid[])", filters.suppliers)
    clauses.among("a.stage", [each.value for each in filters.stage])
    clauses.among("a.state", [each.value for each in filters.state])
    if filters.waits_for is not None:
        clauses.add("a.waits_for = {}", filters.waits_for)
    if filters.overdue is not None:
        clauses.add("a.overdue = {}", filters.overdue)
    if filters.bounced is not None:
        clauses.add("a.bounced" if filters.bounced else "NOT a.bounced")
    if filters.supplier_id is not None:
        clauses.add("a.supplier_id = {}", filters.supplier_id)
    if filters.opened_by is not None:
        clauses.add("a.opened_by = {}", filters.opened_by)
    if filters.due_until is not None:
        clauses.add("a.due_on <= {}", filters.due_until)
    return clauses


async def _cards(reader: Reader, chosen: str, order: str, *given: object, sources: Sources = LIVE) -> list[Card]:
    ordered = ", ".join(f"a.{each.strip()}" for each in order.split(","))
    statement = CARDS.format(chosen=chosen, register="{register}", names=NAMES.table)
    found = await reader.fetch(f"{_on(statement, sources)} ORDER BY {ordered}", *given)
    return [
        Card(
            assessment=AssessmentRow.model_validate_json(row),
            supplier_name=supplier or "",
            use_title=use or "",
            subject_name=subject or "",
        )
        for row, supplier, use, subject in found
    ]


def _on(statement: str, sources: Sources) -> str:
    return statement.format(assessments=sources.of(VIEW), register=sources.of(REGISTER))
