"""`tierce as-of --list`: every list as of a moment, in a table and as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
import typer
from typer.testing import CliRunner

from cli.main import app
from cli.past.listing import listed
from cli.past.lists import Asked, Name
from cli.past.opening import Open
from cli.refusals import explained
from projections.asof import Axis, Looking, wanted
from projections.asof.lists import TooMuchThen
from projections.register import Filters, page
from tests.projections import portfolio
from tests.projections.conftest import shelved
from tests.projections.test_as_of import Kept

NOW = datetime(2027, 12, 1, tzinfo=UTC)


async def test_of_two_moments_the_earlier_one_comes_first(pool: asyncpg.Pool) -> None:
    log = portfolio.told()
    async with shelved(pool, log):
        kept = Kept(log.facts)
        instance = Open(pool, Looking(pool, kept), kept, NOW)
        before, after = await instance.span("10", "20", true=False)
        assert (before.position, after.position) == (10, 20)
        with pytest.raises(typer.BadParameter, match="before the last one"):
            await instance.span("20", "10", true=False)


def test_what_looking_back_refuses_is_said_in_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit), explained():
        raise TooMuchThen
    assert capsys.readouterr().err == f"{TooMuchThen().sentence}\n"


def test_a_policy_that_is_no_readable_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"\xff\xd8\xff")
    for file, said in (("nowhere", "No such file"), (".", "Is a directory"), ("picture", "no text in UTF-8")):
        tried = CliRunner().invoke(app, ["whatif", "--policy", str(tmp_path / file)])
        assert tried.exit_code in (1, 2) and said in tried.stderr, tried.output


async def test_every_list_is_printed_as_of_a_moment(pool: asyncpg.Pool, capsys: pytest.CaptureFixture[str]) -> None:
    log = portfolio.told()
    async with shelved(pool, log):
        kept = Kept(log.facts)
        instance = Open(pool, Looking(pool, kept), kept, NOW)
        moment = await instance.looking.moment(wanted(str(len(log.facts))), Axis.KNOWN, now=NOW)
        [first, *_] = (await page(pool, Filters(), sort="name")).rows
        for name in Name:
            asked = Asked(instance, moment, name)
            await listed(asked, limit=1000, as_json=True, title="then")
            whole = json.loads(capsys.readouterr().out)
            await listed(asked, limit=2, as_json=False, title="then")
            shown = capsys.readouterr()
            assert f"{min(2, len(whole))} {name.value.replace('-', ' ')} as of then" in shown.out
            assert ("There is more" in shown.err) is (len(whole) > 2)
            await listed(Asked(instance, moment, name, first.line.id), limit=1000, as_json=True, title="then")
            mine = json.loads(capsys.readouterr().out)
            assert mine == [each for each in whole if each["supplier_id"] == str(first.line.id)], name
        assert len(whole) == len(log.facts)
