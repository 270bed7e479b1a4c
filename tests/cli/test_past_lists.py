"""`tierce as-of --list`: every list as of a moment, in a table and as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import asyncpg
import pytest

from cli.past.listing import listed
from cli.past.lists import Asked, Name
from cli.past.opening import Open
from projections.asof import Axis, Looking, wanted
from projections.register import Filters, page
from tests.projections import portfolio
from tests.projections.conftest import shelved
from tests.projections.test_as_of import Kept

NOW = datetime(2027, 12, 1, tzinfo=UTC)


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
