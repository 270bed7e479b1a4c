"""Static files: an address that changes with the content, so that a browser may keep each one for ever."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

ROOT = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"


@cache
def digest(name: str) -> str:
    """The first characters of the file's hash; a missing file is an error here, not a broken page later."""
    return sha256((ROOT / name).read_bytes()).hexdigest()[:12]


def static_url(name: str) -> str:
    """The address of a static file, e.g. `/static/css/tokens.css?v=1f0c…`."""
    return f"/static/{name}?v={digest(name)}"


class Assets(StaticFiles):
    """Serves the folder; `app.mount("/static", Assets())`."""

    def __init__(self) -> None:
        super().__init__(directory=ROOT)

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        response = await super().get_response(path, scope)
        hashed = scope.get("query_string", b"").startswith(b"v=")
        response.headers["Cache-Control"] = FOR_EVER if hashed or path.endswith(".woff2") else A_DAY
        return response
