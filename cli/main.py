"""`tierce` and its commands. Modules are read by the command that needs them, so that each starts at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import __version__
from cli.administration import admin
from cli.demo.command import demo
from cli.dossier.command import export
from cli.erase import erase
from cli.importing.command import importing
from cli.past.as_of import as_of
from cli.past.changes import changes
from cli.past.whatif import whatif
from cli.place import DEFAULT_DATA, Data
from cli.rebuilding import rebuild
from cli.refusals import explained
from cli.verifying import verify
from cli.views import views

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Third-party AI supplier risk, on the record.",
)
app.add_typer(admin, name="admin")
app.add_typer(importing, name="import")
app.add_typer(demo, name="demo")
app.add_typer(export, name="export")
app.command()(rebuild)
app.command("as-of")(as_of)
app.command()(changes)
app.command()(whatif)
app.command()(views)
app.command()(verify)
app.command()(erase)


@app.command()
def up(
    data: Annotated[Path, typer.Option(help="The folder everything is kept in.", envvar="TIERCE_DATA")] = DEFAULT_DATA,
    port: Annotated[int | None, typer.Option(help="Another is taken if it is not free.", min=1, max=65535)] = None,
    company: Annotated[str, typer.Option(help="As vendors know you.", envvar="TIERCE_COMPANY")] = "Your company",
    smtp: Annotated[str | None, typer.Option(help="A server that really mails, instead of the mailbox.")] = None,
    with_demo: Annotated[bool, typer.Option("--demo", help="Fill it with an invented past if it is empty.")] = False,
) -> None:
    """Start an instance of one's own: PostgreSQL, NATS, a mailbox and Tierce, in one folder."""
    from cli.up import up

    with explained():
        up(data, port=port, company=company, smtp=smtp, demo=with_demo, say=typer.echo)


@app.command()
def serve(
    roles: Annotated[str, typer.Option(help="web, projector, relay, workers, timekeeper, sealer; or all.")] = "all",
) -> None:
    """Run some or all roles against the servers that TIERCE_… variables name. Start as many as you like."""
    from cli.serving import serve

    with explained():
        serve(roles, say=typer.echo)


@app.command()
def migrate() -> None:
    """Bring the database to this version's schema; safe while others run, and any number of times."""
    from cli.migrating import migrate

    with explained():
        typer.echo(f"The database is at revision {migrate()}.")


@app.command()
def doctor(data: Data = None) -> None:
    """Say what is missing or wrong, one line each."""
    from cli.doctor import examine

    with explained():
        raise typer.Exit(0 if examine(data, say=typer.echo) else 1)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)
