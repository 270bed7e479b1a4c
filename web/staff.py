"""Who of the staff is signed in, as a dependency of pages: `async def page(request: Request, staff: Staff)`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from suppliers.errors import NoSuchRecord, NotEntitled
from suppliers.person import Person, PersonKind
from suppliers.ports import Actor, Role
from web.context import came_from, is_htmx, services_of, wants_json
from web.frame import Viewer
from web.rendering import query
from web.security import cookies
from web.security.sessions import STAFF, Session

COOKIE = "tierce"


class NotSignedIn(Exception):
    """Nobody is signed in, or no longer."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A member of staff at work, as the log has them now: a role withdrawn or access ended counts at once."""

    actor: Actor
    name: str
    email: str
    csrf: str

    @property
    def id(self) -> UUID:
        return self.actor.id

    @property
    def viewer(self) -> Viewer:
        return Viewer(name=self.name, email=self.email, roles=sorted(role.value for role in self.actor.roles))

    def holds(self, *roles: Role) -> bool:
        return self.actor.holds(*roles)


async def session_of(request: Request) -> Session | None:
    """The browser's session, looked up once for a request."""
    if not hasattr(request.state, "session"):
        services, token = services_of(request), cookies.read(request, COOKIE)
        found = await STAFF.find(services.pool, [token], at=services.clock.now())
        request.state.session = found[0] if found else None
    session: Session | None = request.state.session
    return session


async def signed_in(request: Request) -> SignedIn:
    """Whoever is signed in; else the request ends at the sign-in page."""
    session = await session_of(request)
    person = await present(request, session.person_id) if session else None
    if session is None or person is None:
        raise NotSignedIn
    actor = Actor(id=person.id, roles=person.roles, kind="staff")
    request.state.staff = staff = SignedIn(actor, person.name, person.email, session.csrf)
    request.state.csrf = session.csrf
    services = services_of(request)
    request.state.views, request.state.log_changes = await services.views(), await services.log_changes()
    return staff


async def present(request: Request, person_id: UUID) -> Person | None:
    """The member of staff, when they may still sign in."""
    try:
        person = await services_of(request).office.load(Person, person_id)
    except NoSuchRecord:
        return None
    return person if person.active and person.kind is PersonKind.STAFF else None


Staff = Annotated[SignedIn, Depends(signed_in)]


def require(*roles: Role) -> Any:
    """Only for holders of one of these roles: `staff: Annotated[SignedIn, require(Role.AUDITOR)]`."""

    async def entitled(staff: Staff) -> SignedIn:
        if not staff.holds(*roles):
            raise NotEntitled
        return staff

    return Depends(entitled)


def toward(path: str, next: str) -> str:
    """A sign-in page that remembers where to go afterwards."""
    return path + (query({}, next=next) if next and next != "/" else "")


async def to_sign_in(request: Request, _: Exception) -> Response:
    """Sign in first; a person comes back to where they were."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = here if request.method == "GET" and not is_htmx(request) else came_from(request)
    door = toward("/sign-in", back or "")
    if is_htmx(request):
        return Response(status_code=401, headers={"HX-Redirect": door})
    if wants_json(request):
        return JSONResponse({"error": "Sign in again. Nothing was saved."}, 401)
    return RedirectResponse(door, 303)
