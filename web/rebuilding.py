"""A page whose view is still as another release built it: said as what it is, until the new one is built."""

from __future__ import annotations

import asyncpg
from fastapi import FastAPI, Request
from pydantic import ValidationError
from starlette.responses import Response

from projections.all import VIEWS
from web.refusals import Answered, refused


class BeingRebuilt(Answered):
    """What this page shows is being rebuilt for a new version of Tierce. Nothing is lost: try again in a moment."""

    status = 503
    title = "Being rebuilt"


def install(app: FastAPI) -> None:
    """What a query misses, or a row lacks, that was built by another release."""
    rows = {view.row_type.__name__ for view in VIEWS}

    async def on_missing(request: Request, error: Exception) -> Response:
        return refused(request, BeingRebuilt())

    async def on_other_row(request: Request, error: Exception) -> Response:
        if isinstance(error, ValidationError) and error.title in rows:
            return refused(request, BeingRebuilt())
        raise error

    app.add_exception_handler(asyncpg.UndefinedColumnError, on_missing)
    app.add_exception_handler(asyncpg.UndefinedTableError, on_missing)
    app.add_exception_handler(ValidationError, on_other_row)
