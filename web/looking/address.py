"""Which pages have a past, and how it stands in their addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import Request

AS_OF, AXIS = "as_of", "axis"
ID = "[0-9a-f-]{36}"
PAGES = re.compile(
    rf"/|/suppliers(\.csv)?|/suppliers/{ID}(/(inventory|assessments|attestations|decisions|activity|dossier\.zip))?"
    rf"|/(assessments|council)(/{ID})?|/renewals(/late)?|/activity(\.csv)?"
)
LINK = re.compile(r"<a\b[^>]*>")
TARGET = re.compile(r'(\s(?:href|hx-get)=")([/?][^"]*)(")')
GETS = re.compile(r'<form\b[^>]*\bmethod="get"[^>]*>')
ELSEWHERE = "data-present"
"""A link with this attribute leads to the present."""


def has_past(path: str) -> bool:
    """Whether a page can be looked at as of a moment."""
    return PAGES.fullmatch(path) is not None


def without(request: Request) -> str:
    """The same page in the present."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in (AS_OF, AXIS)]
    return request.url.path + (f"?{urlencode(kept)}" if kept else "")


def kept_fields(request: Request) -> Sequence[tuple[str, str]]:
    """What else the address says, for a form that asks for another moment; a place in a list is of one moment only."""
    left_out = (AS_OF, AXIS, "after", "before")
    return [(name, value) for name, value in request.query_params.multi_items() if name not in left_out]


def leading_back(html: str, as_of: str, axis: str) -> str:
    """A page of the past: its links and searches stay there, as far as there is a past to see."""
    held = {AS_OF: as_of, AXIS: axis}
    fields = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in held.items())

    def link(found: re.Match[str]) -> str:
        return found[0] if ELSEWHERE in found[0] else TARGET.sub(target, found[0])

    def target(found: re.Match[str]) -> str:
        return found[1] + escape(_held(unescape(found[2]), held)) + found[3]

    def form(found: re.Match[str]) -> str:
        action = re.search(r'action="([^"]*)"', found[0])
        stays = ELSEWHERE not in found[0] and (action is None or has_past(urlsplit(unescape(action[1])).path))
        return found[0] + fields if stays else found[0]

    return GETS.sub(form, LINK.sub(link, html))


def _held(address: str, held: dict[str, str]) -> str:
    parts = urlsplit(address)
    query = parse_qsl(parts.query)
    if (parts.path and not has_past(parts.path)) or AS_OF in dict(query):
        return address
    return parts._replace(query=urlencode([*query, *held.items()])).geturl()
