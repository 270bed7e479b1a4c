"""The vendor's session: opened by a mailed code for one assessment alone.

Each assessment has its own cookie, so that a contact may work on two of them at once in one browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from starlette.responses import Response

from suppliers.assessment import Assessment
from suppliers.errors import NoSuchRecord
from suppliers.ports import Actor
from web.answer.over import refuse_ended
from web.context import services_of
from web.refusals import Answered
from web.security import cookies
from web.security.sessions import VENDOR, Session

SIDE = "/answers/"
COOKIE = "answer-"
MOST = 20
"""Cookies looked at in one request."""


class SessionEnded(Answered):
    """Open the link in our mail again to go on. What you saved is there."""

    status = 401


@dataclass(frozen=True, slots=True)
class Answering:
    """A vendor's contact at work on the one assessment that their session is for."""

    assessment: Assessment
    actor: Actor
    csrf: str
    session: Session


def cookie_for(assessment_id: UUID | str) -> str:
    return f"{COOKIE}{str(assessment_id).lower()[:13]}"


async def answering_session(request: Request) -> Session:
    """The session for the assessment in the path, looked up once for a request.

    A browser at work on another assessment gets the answer for an unknown one; a browser that claims a session which
    is over, or has none at all, is told to open its link again. Neither depends on whether the assessment exists.
    """
    if not hasattr(request.state, "answering"):
        request.state.answering = await session_for(request, request.path_params["assessment_id"])
    session: Session = request.state.answering
    return session


async def session_for(request: Request, assessment_id: UUID | str) -> Session:
    """The browser's session for this assessment."""
    services, name, wanted = services_of(request), cookie_for(assessment_id), str(assessment_id).lower()
    claimed = {each: cookies.read(request, each) for each in cookies.names(request, COOKIE)[:MOST]}
    alive = await VENDOR.find(services.pool, list(claimed.values()), at=services.clock.now())
    for session in alive:
        if str(session.assessment_id) == wanted and session.token == claimed.get(name):
            return session
    if alive and name not in claimed:
        raise NoSuchRecord
    raise SessionEnded


async def answering(request: Request) -> Answering:
    """Who answers what; every route below `/answers/` depends on it."""
    session, services = await answering_session(request), services_of(request)
    assert session.assessment_id is not None
    assessment = await services.office.load(Assessment, session.assessment_id)
    if assessment.contact != session.person_id:
        raise SessionEnded
    company, now = services.identity.company, services.clock.now()
    await refuse_ended(services.office, assessment, company, at=now)
    request.state.csrf = session.csrf
    return Answering(assessment, Actor(id=session.person_id, kind="vendor"), session.csrf, session)


Vendor = Annotated[Answering, Depends(answering)]


def let_in(request: Request, response: Response, session: Session) -> Response:
    """Give the browser the session."""
    assert session.assessment_id is not None
    cookies.write(request, response, cookie_for(session.assessment_id), session.token, keep=VENDOR.longest)
    return response


async def leave(request: Request, response: Response, session: Session) -> Response:
    """End the session."""
    services = services_of(request)
    await VENDOR.end(services.pool, session.token, at=services.clock.now())
    cookies.drop(request, response, cookie_for(session.assessment_id or ""))
    return response
