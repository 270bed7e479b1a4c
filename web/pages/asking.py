"""Shows a small form and takes its answer: one way for everything that is asked on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from suppliers.errors import NoSuchRecord, NotEntitled, Refusal
from suppliers.happening import BeforeItBegan, StillAhead
from suppliers.ports import Actor
from web.flashes import flash
from web.orders import issue
from web.page import go, render
from web.pages.asks import HAPPENED, Ask, Options, filled
from web.pages.given import given_in
from web.refusals import status_of

UNPROCESSABLE = 422


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a form stands: what it is about, where it came from, and what its fields start from."""

    about: str
    back: str
    section: str = "suppliers"
    crumbs: Sequence[tuple[str, str]] = ()
    version: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    offers: Mapping[str, Options] = field(default_factory=dict)


def ask_of(asks: Mapping[str, Ask], key: str, actor: Actor) -> Ask:
    """The form by its name, when this person may send it."""
    if key not in asks:
        raise NoSuchRecord
    if not asks[key].allows(actor):
        raise NotEntitled
    return asks[key]


def shown(
    request: Request,
    ask: Ask,
    place: Place,
    *,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    """The form, empty or with what was wrong."""
    return render(
        request,
        "staff/ask.html",
        status_code=UNPROCESSABLE if errors else 200,
        action=request.url.path,
        ask=ask,
        place=place,
        values=place.values if values is None else values,
        errors=errors or {},
    )


async def taken(request: Request, ask: Ask, id: UUID, place: Place, views: Sequence[str]) -> Response:
    """The order given and the way back; or the form again, with what was wrong in sentences."""
    given = await given_in(request)
    values = filled(given, ask.fields)
    errors = ask.problems(given) | _unoffered(ask, values, place)
    if errors:
        return shown(request, ask, place, values=values, errors=errors)
    try:
        position = await issue(request, ask.command(given, id), views=views)
    except Refusal as refusal:
        if status_of(refusal) != UNPROCESSABLE or not ask.fields:
            raise
        return shown(request, ask, place, values=values, errors={_beside(refusal, ask): refusal.sentence})
    flash(request, ask.done if position else "Nothing changed: it was so already.", "good" if position else "info")
    return go(request, place.back)


def _beside(refusal: Refusal, ask: Ask) -> str:
    """The field that a refusal is said at."""
    dated = isinstance(refusal, StillAhead | BeforeItBegan)
    return HAPPENED.name if dated else ask.fields[0].name


def _unoffered(ask: Ask, values: Mapping[str, Any], place: Place) -> dict[str, str]:
    """Choices that were not among those looked up for this form."""
    return {
        each.name: f"{each.label}: choose one of the answers offered."
        for each in ask.fields
        if each.offers and values[each.name]
        if values[each.name] not in {str(option[0]) for option in place.offers.get(each.offers, ())}
    }
