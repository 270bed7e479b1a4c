"""Orders from a form to the office: by whom, once only, and shown to the one who gave them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4, uuid5

from fastapi import Request
from markupsafe import Markup

from suppliers.errors import Ignored
from suppliers.ports import Actor, Command
from web.context import correlation_of, services_of
from web.flashes import flash

FIELD = "command_id"


def once() -> Markup:
    """A hidden field for a form: sent twice with the same content, it is done once. In templates: `{{ once() }}`."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, uuid4())


async def issue(request: Request, command: Command, *, views: Sequence[str] = (), actor: Actor | None = None) -> int:
    """Hand a command in and wait (about a second) for these views to show it; the position, 0 when it was done before.

    The actor is the member of staff signed in unless given. Refusals go through to the caller.
    """
    services = services_of(request)
    try:
        receipt = await services.office.issue(
            command,
            actor=actor or request.state.staff.actor,
            command_id=await _command_id(request, command),
            correlation_id=correlation_of(request),
        )
    except Ignored:
        return 0
    if views and receipt.position and not await services.waiting.wait(views, receipt.position, timeout=1.0):
        flash(request, "It is recorded. Lists will show it in a moment.", "info")
    return receipt.position


async def new_id(request: Request, kind: str = "") -> UUID:
    """An id for something new that this form makes: the same when the form is sent twice."""
    name = await _name(request)
    return uuid5(name, f"id:{kind}") if name else uuid4()


async def _command_id(request: Request, command: Command) -> UUID | None:
    """Different for each command that one form causes; none for a form without the field."""
    name = await _name(request)
    if name is None:
        return None
    counts: dict[str, int] = request.state.__dict__.setdefault("_orders", {})
    kind = type(command).__name__
    counts[kind] = counts.get(kind, 0) + 1
    return uuid5(name, f"{kind}:{counts[kind]}")


async def _name(request: Request) -> UUID | None:
    """Of the form as it was sent: corrected and sent again it is another one."""
    form = await request.form()
    try:
        given = UUID(str(form.get(FIELD, "")))
    except ValueError:
        return None
    content = [f"{key}={value}" for key, value in form.multi_items() if key not in ("csrf", FIELD)]
    return uuid5(given, "\x00".join([request.url.path, *content]))
