"""What goes wrong, said in a sentence instead of a traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer


@contextmanager
def explained() -> Iterator[None]:
    """Foreseen failures end the command with their sentence; anything else is a bug and shows where it is."""
    from cli.embedded.folder import FolderClosed, FolderHeld
    from cli.embedded.server import ServerFailed
    from cli.settings import Misconfigured
    from suppliers.errors import Refusal

    try:
        yield
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        raise typer.Exit(1) from None
    except (FolderHeld, FolderClosed, ServerFailed, Misconfigured) as foreseen:
        print(foreseen, file=sys.stderr)
        raise typer.Exit(1) from None
    except OSError as failure:
        print(f"Tierce cannot go on: {_said(failure)}.", file=sys.stderr)
        raise typer.Exit(1) from failure


def _said(failure: OSError) -> str:
    """Without the number that only programmers know."""
    return f"{failure.filename}: {failure.strerror}" if failure.filename and failure.strerror else str(failure)
