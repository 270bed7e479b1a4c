"""`tierce whatif`: who would stand elsewhere under another scoring policy, since when and why."""

from __future__ import annotations

import asyncio
import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.past.opening import Json, opened
from cli.place import Data
from cli.refusals import explained
from cli.tables import printed, table

if TYPE_CHECKING:
    from projections.whatif import Outcome
    from suppliers.policy import ScoringPolicy


def whatif(
    policy: Annotated[str, typer.Option(help="A scoring policy as YAML; - reads it from standard input.")],
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print one line for each use that would move.")] = False,
    data: Data = None,
) -> None:
    """Replay history under another scoring policy. Nothing is stored and nothing changes."""
    from suppliers.policy_trial import InvalidPolicy, policy_in

    with explained():
        text = _text(policy)
    try:
        trial = policy_in(text)
    except InvalidPolicy as invalid:
        for sentence in invalid.sentences:
            typer.echo(sentence, err=True)
        raise typer.Exit(2) from invalid
    with explained():
        outcome = asyncio.run(_replay(trial, data))
    if as_json:
        printed(outcome)
    elif as_csv:
        _csv(outcome)
    else:
        _shown(outcome)


def _text(policy: str) -> str:
    try:
        return sys.stdin.read() if policy == "-" else Path(policy).read_text("utf-8")
    except UnicodeDecodeError as foreign:
        typer.echo(f"{policy} is no text in UTF-8.", err=True)
        raise typer.Exit(2) from foreign


async def _replay(trial: ScoringPolicy, data: Path | None) -> Outcome:
    from cli.progress import progress
    from projections.whatif import replay

    async with opened(data, "tierce whatif") as instance:
        head = await instance.looking.last_before(instance.now.max.replace(tzinfo=instance.now.tzinfo))
        today = instance.now.date()
        with progress("Judging again") as moved:
            return await replay(instance.pool, instance.looking, trial, until=head, today=today, progress=moved)


def _csv(outcome: Outcome) -> None:
    lines = csv.writer(sys.stdout)
    lines.writerow(
        ("Supplier", "Use", "Now", "Since", "Until", "Band", "Band under it", "Score", "Score under it", "Why")
    )
    for each in outcome.moved:
        last = each.episodes[-1]
        lines.writerow((each.supplier_name, each.title, "yes" if each.now else "no", last.since, last.until or "",
                        each.before.value, each.after.value, f"{each.score_before:.1f}", f"{each.score_after:.1f}",
                        " ".join(each.reasons)))  # fmt: skip


def _shown(outcome: Outcome) -> None:
    typer.echo(f"{outcome.title} ({outcome.policy}), tried on {outcome.suppliers} suppliers and {outcome.uses} uses.")
    table(("From", "To", "Uses"), [(before.value, after.value, number) for before, after, number in outcome.spread],
          title="Today")  # fmt: skip
    cells = [
        (each.supplier_name, each.title, f"{each.before.value} -> {each.after.value}",
         f"{each.score_before:.1f} -> {each.score_after:.1f}", each.episodes[-1].since, " ".join(each.reasons[:3]))
        for each in outcome.changing
    ]  # fmt: skip
    typer.echo("")
    table(("Supplier", "Use", "Band", "Score", "Since", "Why"), cells, title=f"{len(cells)} uses would change")
    if outcome.former:
        typer.echo(f"{len(outcome.former)} more would have stood elsewhere for a time; --json and --csv name them.")
