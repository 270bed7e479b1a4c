"""`tierce erase`: a person's data made unreadable everywhere, and the record of it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli.place import Data, settings_of
from cli.refusals import explained

if TYPE_CHECKING:
    from cli.compose import Instance
    from cli.holdings import Known

NOT_COVERED = """\
Not covered: what people wrote in their own words (reasons, answers, messages), files handed in as evidence, mails that
have left for real mailboxes, logs of the servers, and backups: see docs/backups.md for those."""


def erase(
    person: Annotated[str | None, typer.Argument(help="Mail address, name or id.")] = None,
    reason: Annotated[str, typer.Option(help="Why; on the record, so without the person's data.")] = "On request",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is held where.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Who was erased, by id: keep it with the backups.")] = False,
    replay: Annotated[Path | None, typer.Option(help="Erase again whom such a list names, after a restore.")] = None,
    data: Data = None,
) -> None:
    """Erase a person's data: the key, views, mails, sessions. What they did stays on the record, without them."""
    if (person is not None) + listed + (replay is not None) != 1:
        raise typer.BadParameter("Give one of PERSON, --list and --replay.")
    with explained():
        if listed:
            asyncio.run(_list(data))
        elif replay is not None:
            asyncio.run(_replay(replay.read_text(), data))
        elif person is not None:
            asyncio.run(_erase(person, reason, data, dry_run=dry_run, sure=yes))


async def _erase(wanted: str, reason: str, data: Path | None, *, dry_run: bool, sure: bool) -> None:
    from cli.compose import compose
    from cli.holdings import holdings, known

    async with compose(settings_of(data), name="tierce erase") as instance:
        person = _one(await known(instance.store.pool, wanted), wanted)
        for line in await holdings(instance, person.id):
            typer.echo(line)
        typer.echo(NOT_COVERED)
        if dry_run:
            return
        if not sure:
            typer.confirm(f"Erase {person.name} for good? Nobody can undo this", abort=True)
        await _done(instance, person.id, reason)
    typer.echo(f"The data of {person.id} is erased, and that is on the record.")


def _one(found: list[Known], wanted: str) -> Known:
    if len(found) == 1:
        return found[0]
    if not found:
        raise typer.BadParameter(f"Nobody is known as {wanted}.")
    choice = "\n".join(f"  {each.id}  {each.name}  {each.email}" for each in found)
    raise typer.BadParameter(f"{len(found)} people are known as {wanted}; say which by id:\n{choice}")


async def _done(instance: Instance, person: UUID, reason: str) -> None:
    """Recorded first: an erasure that is cut off after that is finished by whoever starts next."""
    from cli.traces import traces_of
    from suppliers.errors import AlreadyErased
    from suppliers.people import ErasePerson
    from suppliers.ports import SYSTEM

    traces = await traces_of(instance.store, person)
    if traces and traces.mentions(reason):
        raise typer.BadParameter("The reason stays on the record: say it without the person's name and address.")
    try:
        receipt = await instance.store.office.issue(ErasePerson(person_id=person, reason=reason), actor=SYSTEM)
    except AlreadyErased:
        await instance.eraser(person)
        return
    await instance.eraser(person)
    if not await instance.waiting.wait(("people",), receipt.position, 10.0):
        typer.echo("The page about people follows as soon as a projector runs.")


async def _list(data: Path | None) -> None:
    from cli.compose import compose
    from cli.holdings import erased

    async with compose(settings_of(data), name="tierce erase") as instance:
        for person, at in await erased(instance.store.pool):
            typer.echo(json.dumps({"person": str(person), "erased_at": at.isoformat()}))


async def _replay(lines: str, data: Path | None) -> None:
    """Whom the restored log does not know, it holds no data of."""
    from cli.compose import compose
    from suppliers.errors import NoSuchRecord

    listed = [UUID(json.loads(line)["person"]) for line in lines.splitlines() if line.strip()]
    again = 0
    async with compose(settings_of(data), name="tierce erase") as instance:
        for person in listed:
            try:
                await _done(instance, person, "Erased before; again after a backup was restored")
                again += 1
            except NoSuchRecord:
                continue
    typer.echo(f"{again} of {len(listed)} are known here and erased; of the others nothing is held.")
