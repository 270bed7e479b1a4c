"""Reads forms out of pages as a browser would."""

from __future__ import annotations

import re
from html import unescape

import httpx

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def hidden(page: httpx.Response, action: str = "") -> dict[str, str]:
    """The hidden fields of the first form with this action."""
    start = page.text.index(f'action="{action}"') if action else 0
    end = page.text.find("</form>", start)
    return {name: unescape(value) for name, value in HIDDEN.findall(page.text[start:end])}
