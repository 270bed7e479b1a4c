"""The columns of the board, and how they are filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from projections import assessments
from projections.assessments import Card, Cards, Filters, Sort, Stage
from projections.sources import LIVE, Sources
from projections.view import but
from suppliers.assessment import AssessmentState

if TYPE_CHECKING:
    from projections.storage import Reader

MOST = 25
"""Cards that are read for a column; whoever wants more has the list."""
LATELY = timedelta(days=30)
ANSWERING = (AssessmentState.SENDING, AssessmentState.SENT, AssessmentState.BEGUN)


@dataclass(frozen=True)
class Column:
    """One stage: what belongs into it, and what it says when it is empty."""

    key: str
    title: str
    empty: str
    filters: Filters
    sort: Sort = "due"
    keeps: Callable[[Card], bool] = lambda card: True


@dataclass(frozen=True)
class Filled:
    column: Column
    cards: Sequence[Card]
    more: bool


COLUMNS: tuple[Column, ...] = (
    Column("to_send", "To send", "Nothing waits to be sent.", Filters(stage=(Stage.PREPARED,))),
    Column("with_vendor", "With the vendor", "No vendor is answering.",
           Filters(stage=(Stage.WITH_VENDOR,), state=ANSWERING, overdue=False)),
    Column("overdue", "Overdue", "Nothing is late.", Filters(stage=(Stage.WITH_VENDOR,), overdue=True)),
    Column("submitted", "Submitted", "Nothing new came in.", Filters(stage=(Stage.TO_REVIEW,)),
           keeps=lambda card: not card.assessment.reviewed),
    Column("in_review", "In review", "No review is under way.", Filters(stage=(Stage.TO_REVIEW,)),
           keeps=lambda card: bool(card.assessment.reviewed)),
    Column("returned", "Returned", "Nothing was returned.",
           Filters(state=(AssessmentState.RETURNED,), overdue=False)),
    Column("closed", "Closed lately", "Nothing ended in the last 30 days.", Filters(stage=(Stage.FINISHED,)),
           "activity"),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}


async def filled(reader: Reader, wanted: Filters, now: datetime, *, sources: Sources = LIVE) -> list[Filled]:
    """The board with the filters that were set; what two columns share is read once."""
    asked = [(narrowed(column, wanted), column.sort) for column in COLUMNS]
    pages = {
        (filters, sort): await assessments.page(reader, filters, sort=sort, limit=MOST, sources=sources)
        for filters, sort in dict.fromkeys(asked)
    }
    return [_fill(column, pages[each], now) for column, each in zip(COLUMNS, asked, strict=True)]


def _fill(column: Column, page: Cards, now: datetime) -> Filled:
    cards = [card for card in page.rows if column.keeps(card)]
    if column.key == "closed":
        cards = [card for card in cards if now - (card.assessment.ended_at or now) <= LATELY]
    return Filled(column, cards, page.after is not None)


def narrowed(column: Column, wanted: Filters) -> Filters:
    """What is looked for, within a column."""
    limits = {"stage": column.filters.stage, "state": column.filters.state}
    if column.filters.overdue is not None:
        limits["overdue"] = column.filters.overdue  # type: ignore[assignment]
    return but(wanted, **limits)
