"""Logs that machines can read and people can follow."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from structlog.contextvars import bound_contextvars

from cli.logs import configure_logs


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_is_json_and_carries_the_correlation_id(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")
    with bound_contextvars(correlation_id="request-1"):
        logging.getLogger("events.feed").warning("late by %s", 3)
    logging.getLogger("events.feed").warning("outside")
    lines = map(json.loads, capsys.readouterr().err.splitlines())
    inside, outside = (line for line in lines if line["logger"] == "events.feed")
    assert (inside["event"], inside["correlation_id"], inside["level"]) == ("late by 3", "request-1", "warning")
    assert "correlation_id" not in outside


def test_an_exception_is_one_line_of_json_without_what_its_variables_held(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")
    password = "swordfish"
    try:
        raise ValueError("what went wrong")
    except ValueError:
        logging.getLogger("cli").exception("failed")
    (line,) = capsys.readouterr().err.splitlines()
    assert password not in line
    assert json.loads(line)["exception"][0]["exc_value"] == "what went wrong"
