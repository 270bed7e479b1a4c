"""What went wrong, as RFC 9457 has it."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI, Request
from pydantic import BaseModel
from starlette.responses import Response

PROBLEM = "application/problem+json"
HERE = "/api/"


class Detail(BaseModel):
    """A problem: `title` for its kind, `detail` for this one, `reference` as our logs have it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    instance: str = ""
    reference: str = ""


class Problem(Exception):
    """A request that cannot be answered."""

    def __init__(self, status: int, title: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(title)
        self.status, self.title, self.detail, self.headers = status, title, detail, headers or {}


def said(request: Request, status: int, title: str, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    reference = str(request.scope.get("correlation_id", ""))
    body = Detail(title=title, status=status, detail=detail, instance=request.url.path, reference=reference)
    return Response(body.model_dump_json() if status >= 400 else "", status, headers, PROBLEM)


def install(app: FastAPI) -> None:
    async def on_problem(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, Problem)
        return said(request, problem.status, problem.title, problem.detail, problem.headers)

    app.add_exception_handler(Problem, on_problem)
