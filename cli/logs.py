"""Logs as lines for people or as JSON for machines, each with the correlation id it belongs to."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog
from structlog.contextvars import merge_contextvars
from structlog.tracebacks import ExceptionDictTransformer

QUIET = ("uvicorn.access", "uvicorn.error", "mail.log", "aiosmtplib", "asyncio", "faststream")


def configure_logs(style: Literal["auto", "json", "console"] = "auto", level: str = "info") -> None:
    """Send everything, also what libraries log, to standard error through one formatter."""
    shared: list[structlog.typing.Processor] = [
        merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()], processors=_last(style)
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel("WARNING")
        logging.getLogger(name).handlers.clear()  # FastStream brings one of its own


def _last(style: str) -> list[structlog.typing.Processor]:
    """No local variables with a traceback: they hold names, addresses and keys."""
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if style == "console" or (style == "auto" and sys.stderr.isatty()):
        return [
            strip,
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    return [strip, structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)), _one_line]


def _one_line(_: Any, __: str, event: MutableMapping[str, Any]) -> str:
    import orjson

    return orjson.dumps(event, default=str).decode()
