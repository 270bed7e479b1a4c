"""The mailbox page of `tierce up`: what was sent, as its reader would see it."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from cli.embedded.maildrop import Maildrop

TEMPLATES = Path(__file__).parent / "templates"
PAGE = 100
SHELL = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'"
LETTER = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups"
LETTER += " allow-popups-to-escape-sandbox"
"""A letter is shown without scripts, forms, or anything fetched; its links open outside of the frame."""


def mailbox_app(drop: Maildrop) -> Starlette:
    """To be mounted at /mailbox. Open to whoever reaches the page, as an instance on one's own machine is."""
    app = Starlette(
        routes=[
            Route("/", _list, name="list"),
            Route("/mailbox.css", _style, name="style"),
            Route("/{id}", _letter, name="letter"),
            Route("/{id}/html", _html, name="html"),
            Route("/{id}/source", _source, name="source"),
        ]
    )
    app.state.drop = drop
    app.state.templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
    )
    return app


async def _list(request: Request) -> Response:
    recipient, before = request.query_params.get("to", ""), request.query_params.get("before", "")
    found = await run_in_threadpool(request.app.state.drop.entries, recipient)
    rest = [entry for entry in found if not before or entry.id < before]
    more = rest[PAGE - 1].id if len(rest) > PAGE else None
    return _page(request, "list.html", recipient=recipient, total=len(found), entries=rest[:PAGE], more=more)


async def _style(request: Request) -> Response:
    return FileResponse(TEMPLATES / "mailbox.css", media_type="text/css")


async def _letter(request: Request) -> Response:
    mail = await _read(request)
    text, html = _part(mail, "plain"), _part(mail, "html")
    shown = "text" if request.query_params.get("as") == "text" or html is None else "html"
    return _page(
        request,
        "letter.html",
        id=request.path_params["id"],
        subject=str(mail.get("Subject", "")) or "(no subject)",
        headers=[(name, str(value)) for name in ("From", "To", "Reply-To", "Date") for value in mail.get_all(name, [])],
        text=text or "",
        has_html=html is not None,
        shown=shown,
        attachments=[part.get_filename() or "unnamed" for part in mail.iter_attachments()],
    )


async def _html(request: Request) -> Response:
    html = _part(await _read(request), "html")
    if html is None:
        raise HTTPException(404)
    return HTMLResponse('<base target="_blank">' + html, headers={"Content-Security-Policy": LETTER})


async def _source(request: Request) -> Response:
    raw = await run_in_threadpool(request.app.state.drop.raw, request.path_params["id"])
    if raw is None:
        raise HTTPException(404)
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(raw, media_type="text/plain; charset=utf-8", headers=headers)


async def _read(request: Request) -> EmailMessage:
    mail: EmailMessage | None = await run_in_threadpool(request.app.state.drop.read, request.path_params["id"])
    if mail is None:
        raise HTTPException(404)
    return mail


def _part(mail: EmailMessage, kind: str) -> str | None:
    part = mail.get_body((kind,))
    return None if part is None else str(part.get_content())


def _page(request: Request, template: str, **facts: Any) -> Response:
    root = request.scope.get("root_path", "")
    page = request.app.state.templates.get_template(template).render(root=root, **facts)
    return HTMLResponse(page, headers={"Content-Security-Policy": SHELL, "Referrer-Policy": "no-referrer"})
