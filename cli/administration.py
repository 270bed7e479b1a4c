"""`tierce admin`: the first administrator, who then lets everyone else in."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from cli.place import Data, settings_of
from cli.refusals import explained
from cli.tokens import token

admin = typer.Typer(no_args_is_help=True, help="Who may sign in, and which programs may read.")
admin.add_typer(token, name="token")


@admin.command("add")
def add(
    email: Annotated[str, typer.Argument(help="Where sign-in codes are mailed to.")],
    name: Annotated[str, typer.Option(help="As colleagues know them.")],
    roles: Annotated[str, typer.Option(help="Separated by commas.")] = "administrator",
    data: Data = None,
) -> None:
    """Register a member of staff, by default as administrator."""
    with explained():
        asyncio.run(_register(email, name, roles, data))
        typer.echo(f"{name} can sign in as {email}.")


async def _register(email: str, name: str, roles: str, data: Path | None) -> None:
    from cli.compose import compose
    from suppliers.people import RegisterStaff
    from suppliers.ports import SYSTEM, Role

    try:
        wanted = frozenset(Role(role.strip()) for role in roles.split(","))
    except ValueError:
        raise typer.BadParameter(f"--roles knows {', '.join(Role)}.") from None
    async with compose(settings_of(data), name="tierce admin") as instance:
        await instance.store.office.issue(RegisterStaff(name=name, email=email, roles=wanted), actor=SYSTEM)
