"""Tables for people and JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import typer
from pydantic import BaseModel


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """Printed as wide as the terminal allows; in a pipe nothing is cut off."""
    from rich.console import Console
    from rich.table import Table

    drawn = Table(*heads, title=title or None, title_justify="left", box=None, pad_edge=False)
    for row in rows:
        drawn.add_row(*(word(each) for each in row))
    console = Console()
    Console(width=console.width if console.is_terminal else 200).print(drawn)


def word(value: object) -> str:
    """A cell: nothing for what is not known, keys as words, scores with one digit."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.1f}"
    return str(value).replace("_", " ") if isinstance(value, str) else str(value)


def printed(value: Any) -> None:
    """As JSON, with whatever is in it."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    typer.echo(json.dumps(plain, indent=2, default=str))
