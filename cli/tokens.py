"""`tierce admin token`: tokens of the API are made, listed and revoked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from cli.place import Data, settings_of
from cli.refusals import explained
from suppliers.errors import Refusal

if TYPE_CHECKING:
    from cli.pool import Pool
    from web.api.tokens import Token

T = TypeVar("T")
token = typer.Typer(no_args_is_help=True, help="Which programs may read over the API.")
Name = Annotated[str, typer.Argument(help="What it is for, e.g. the program that uses it.")]


@token.command("create")
def create(
    name: Name,
    role: Annotated[list[str] | None, typer.Option(help="reader, or a role of the staff; may be repeated.")] = None,
    data: Data = None,
) -> None:
    """Make a token. It is shown this once; what is kept is a hash."""
    from web.api import tokens

    with explained():
        made = _asked(data, lambda pool, now: tokens.create(pool, name, role or ["reader"], at=now))
        typer.echo(made)


@token.command("list")
def listed(data: Data = None) -> None:
    """Every token by name: what for, when it was made, last used, revoked."""
    from web.api import tokens

    with explained():
        for each in _asked(data, lambda pool, now: tokens.known(pool)):
            typer.echo(_line(each))


@token.command("revoke")
def revoke(name: Name, data: Data = None) -> None:
    """It opens nothing from now on."""
    from web.api import tokens

    with explained():
        _asked(data, lambda pool, now: tokens.revoke(pool, name, at=now))
        typer.echo(f"{name} is revoked.")


def _line(token: Token) -> str:
    state = f"revoked {_day(token.revoked_at)}" if token.revoked_at else f"last used {_day(token.last_used_at)}"
    return f"{token.name}: {', '.join(token.roles)}; made {_day(token.created_at)}, {state}"


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "never"


def _asked(data: Path | None, ask: Callable[[Pool, datetime], Awaitable[T]]) -> T:
    async def answered() -> T:
        from cli.compose import compose

        async with compose(settings_of(data), name="tierce admin") as instance:
            return await ask(instance.store.pool, instance.clock.now())

    try:
        return asyncio.run(answered())
    except Refusal as refusal:
        typer.echo(refusal.sentence, err=True)
        raise typer.Exit(1) from refusal
