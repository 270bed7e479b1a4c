"""What a request can reach, and what is known of who sent it."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

from projections.tallies import Tallies
from web.rendering import Pages
from web.security.keys import Keys
from web.services import Services

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def services_of(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


def pages_of(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


def tallies_of(request: Request) -> Tallies:
    tallies: Tallies = request.app.state.tallies
    return tallies


def keys_of(request: Request) -> Keys:
    keys: Keys = request.app.state.keys
    return keys


def correlation_of(request: Request) -> str:
    """The id that this request's log lines and events carry."""
    return str(request.scope.get("correlation_id", ""))


def client_of(request: Request) -> str:
    """The address the request came from (the server has already looked through trusted proxies)."""
    return request.client.host if request.client else "unknown"


def is_htmx(request: Request) -> bool:
    return request.headers.get("HX-Request") == "true"


def wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def on_loopback(request: Request) -> bool:
    """Whether browser and server are the same machine, asked for by a loopback name: no proxy, no rebound DNS name."""
    asked_for = urlsplit(f"//{request.headers.get('Host', '')}").hostname
    forwarded = {"x-forwarded-for", "forwarded"} & set(request.headers.keys())
    return client_of(request) in LOOPBACK and asked_for in LOOPBACK and not forwarded


def came_from(request: Request) -> str | None:
    """The path of our own page that this request was sent from, when the browser says so."""
    sent_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if not sent_from.path or sent_from.netloc != request.headers.get("Host"):
        return None
    return local_path(sent_from.path + (f"?{sent_from.query}" if sent_from.query else ""))


def local_path(path: str) -> str | None:
    """The path when it stays on this site: one slash, then no second slash or backslash, no control characters."""
    if not path.startswith("/") or path[1:2] in ("/", "\\") or not path.isprintable():
        return None
    return path
