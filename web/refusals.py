"""Refusals as answers: the status, the sentence, and a page, a fragment or JSON as the request wants it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from gettext import gettext as _
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as RoutingException
from starlette.responses import HTMLResponse, JSONResponse, Response

from suppliers import errors
from suppliers.happening import BeforeItBegan, StillAhead
from suppliers.questionnaires.answers import InvalidAnswer
from web import problems
from web.context import came_from, correlation_of, is_htmx, pages_of, wants_json
from web.framing import frame_of, vendor_frame_of
from web.staff import NotSignedIn, signed_in

STATUS: Mapping[type[errors.Refusal], int] = {
    errors.Refusal: 409,
    errors.NoSuchRecord: 404,
    errors.UnknownQuestion: 404,
    errors.UnknownEvidence: 404,
    errors.UnknownCondition: 404,
    errors.NotEntitled: 403,
    errors.NoSeat: 403,
    errors.OwnRequest: 403,
    errors.OwnUpload: 403,
    errors.AccessEnded: 403,
    errors.LinkInvalid: 410,
    errors.ReasonMissing: 422,
    StillAhead: 422,
    BeforeItBegan: 422,
    errors.StatementMissing: 422,
    errors.AnswersMissing: 422,
    errors.DueDateNotLater: 422,
    errors.DatesOutOfOrder: 422,
    errors.ConditionsMissing: 422,
    errors.ConditionsUnexpected: 422,
    errors.ValidityTooLong: 422,
    InvalidAnswer: 422,
}
"""A refusal has the status of its nearest ancestor here; web's own refusals bring theirs along."""


class Answered(errors.Refusal):
    """This cannot be done."""

    status = 409
    advice = ""
    """What to do about it, below the sentence."""
    title = ""
    href = ""
    """The way on, called by `link`."""
    link = ""


class Forged(Answered):
    """This form was opened in another session, or sent from another site. Nothing was saved: open it again."""

    status = 403


class TooMany(Answered):
    """That was tried too often in a short time. Wait a little and try again."""

    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the page says."""

    status: int
    title: str
    sentence: str
    what_to_do: str = ""
    href: str = ""
    link: str = ""
    reference: str = ""


def status_of(refusal: errors.Refusal) -> int:
    """The HTTP status of a refusal."""
    if isinstance(refusal, Answered):
        return refusal.status
    return next(STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS)


def refused(request: Request, refusal: errors.Refusal) -> Response:
    """The answer to a request that was refused."""
    status = status_of(refusal)
    stale = isinstance(refusal, errors.StaleWrite)
    href = came_from(request) or "" if request.method != "GET" else ""
    own = refusal if isinstance(refusal, Answered) else Answered()
    told = Told(
        status=status,
        title=_(own.title) if own.title else _titles().get(status, _("This cannot be done")),
        sentence=_("There is nothing here that you may see.") if status == 404 else _(refusal.sentence),
        what_to_do=own.advice,
        href=own.href or href,
        link=_(own.link) if own.link and own.href else _("See the current state") if stale else _("Go back"),
        reference=correlation_of(request),
    )
    headers = {"Retry-After": str(refusal.seconds)} if isinstance(refusal, TooMany) else {}
    return answer(request, told, headers)


def refusal_page(request: Request, status: int) -> Response:
    """The answer for a bare status: not found, too large, an error of ours."""
    titles, sentences = _titles(), _sentences()
    phrase = HTTPStatus(status).phrase
    told = Told(
        status=status,
        title=titles.get(status, phrase),
        sentence=sentences.get(status, _("This request could not be answered.")),
        reference=correlation_of(request),
    )
    return answer(request, told, {"Retry-After": "5"} if status == 503 else {})


def answer(request: Request, told: Told, headers: Mapping[str, str] | None = None) -> Response:
    """As JSON, as a fragment for htmx, or as a page of the side it happened on."""
    if request.url.path.startswith(problems.HERE):
        return problems.said(request, told.status, told.title, told.sentence, headers)
    if wants_json(request):
        return JSONResponse({"error": told.sentence, **asdict(told)}, told.status, headers)
    pages, vendor = pages_of(request), request.url.path.startswith("/answer")
    if is_htmx(request):
        html = pages.page("_refusal.html", error=told)
    elif vendor:
        html = pages.page("vendor/error.html", frame=vendor_frame_of(request), error=told)
    else:
        html = pages.page("error.html", frame=frame_of(request), error=told)
    return HTMLResponse(html, told.status, headers)


def install(app: FastAPI) -> None:
    """Answer every refusal and every bare status in our own words."""

    async def on_refusal(request: Request, refusal: Exception) -> Response:
        assert isinstance(refusal, errors.Refusal)
        await _know(request)
        return refused(request, refusal)

    async def on_status(request: Request, error: Exception) -> Response:
        assert isinstance(error, RoutingException | HTTPException)
        await _know(request)
        page = refusal_page(request, error.status_code)
        page.headers.update(error.headers or {})
        return page

    async def on_nonsense(request: Request, error: Exception) -> Response:
        """A path or query of the wrong shape names nothing we have; a body of the wrong shape is no form of ours."""
        assert isinstance(error, RequestValidationError)
        if request.url.path.startswith(problems.HERE):
            return problems.said(request, 422, _titles()[422], " ".join(map(_wrong, error.errors())))
        in_body = any(each["loc"][:1] == ("body",) for each in error.errors())
        return refusal_page(request, 422 if in_body else 404)

    app.add_exception_handler(errors.Refusal, on_refusal)
    app.add_exception_handler(RoutingException, on_status)
    app.add_exception_handler(RequestValidationError, on_nonsense)


async def _know(request: Request) -> None:
    """A member of staff who goes astray keeps the menu around the page."""
    if not request.url.path.startswith(("/answer", "/static", problems.HERE)):
        with suppress(NotSignedIn, OSError, TimeoutError):
            await signed_in(request)


def _wrong(fault: Mapping[str, Any]) -> str:
    """For programs: which part of the request, and what it should be."""
    return f"{'.'.join(str(part) for part in fault['loc'][1:])}: {fault['msg']}."


def _titles() -> Mapping[int, str]:
    return {
        400: _("That request could not be read"),
        401: _("Sign in again"),
        403: _("You may not do this"),
        404: _("Not found"),
        405: _("That does not work here"),
        410: _("This link no longer works"),
        413: _("That is too large"),
        422: _("Something is missing or not right"),
        429: _("Too many tries"),
        500: _("Something went wrong on our side"),
        503: _("Not available at the moment"),
    }


def _sentences() -> Mapping[int, str]:
    return {
        400: _("Nothing was saved. Go back and send it again."),
        404: _("There is nothing here that you may see."),
        405: _("This address cannot be used in that way. Nothing was changed."),
        413: _("It was not saved. Send a smaller file, or a shorter text."),
        422: _("Nothing was saved. Go back and check what you entered."),
        500: _("It was recorded for us to look at. Try again in a moment; what was saved before is still there."),
        503: _("We could not reach our records, so this may not be saved. Send it again: nothing is ever done twice."),
    }
