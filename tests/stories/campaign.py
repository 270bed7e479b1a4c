"""A campaign of many mails, during which the process is killed again and again while a vendor is answering."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from cli.clock import SystemClock
from cli.store import open_store
from suppliers.attestation_rules import attestation_rules
from suppliers.commands import handlers
from suppliers.policy import policy
from suppliers.questionnaires.library import library
from tests.stories.browser import Browser
from tests.stories.lives import Lives
from tests.stories.mailing import INVITATION, address, opened, send_all
from tests.stories.mails import link_in, mailed, open_questions
from tests.stories.saving import Answering
from tests.stories.slow_sink import SlowSink

LANES = 4
"""Letters a process has in flight at most (notifications.mailroom)."""
QUESTION, SECTION = "PRO-02", "PRO"
RECOVERY = 60.0
"""Seconds within which a new life has to get on with what the last one left; generous, for a busy machine."""

SENT = """
SELECT count(*) FILTER (WHERE topic = 'Assessment.QuestionnaireSent') AS sent,
       (SELECT count(*) FROM letters WHERE letter = 'questionnaire_invitation' AND state = 'done') AS done
  FROM event_log
"""
ANSWERS = """
SELECT state FROM event_log WHERE originator_id = $1 AND topic = 'Assessment.AnswerRecorded' ORDER BY position
"""


@dataclass
class Findings:
    """What was seen from outside."""

    copies: Counter[str] = field(default_factory=Counter)
    acknowledged: list[tuple[str, int]] = field(default_factory=list)
    recorded: list[tuple[str, int]] = field(default_factory=list)
    interrupted: int = 0
    sent: int = 0
    done: int = 0
    starts: list[float] = field(default_factory=list)
    recoveries: list[float] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)

    def check(self, *, letters: int, bound: int, context: str) -> None:
        """Every mail is there and on the record; `bound` is how many of them may have come twice at the most.

        In flight at a kill are at most as many letters as a process has lanes, and each of these comes once more.
        """
        print(f"{context}: {self}")
        assert len(self.copies) == letters, context
        assert self.copies.total() - letters <= bound, context
        assert self.sent == self.done == letters, context
        assert self.acknowledged, context
        lost = set(self.acknowledged) - set(self.recorded)
        assert not lost, f"{context}; lost {sorted(lost)}"
        assert not self.left_behind, f"{context}; still running: {self.left_behind}"

    def __str__(self) -> str:
        twice = sum(count - 1 for count in self.copies.values())
        return (
            f"{len(self.copies)} invited, {twice} twice; {len(self.acknowledged)} answers acknowledged, "
            f"{self.interrupted} attempts interrupted; ready after {_spread(self.starts)}, "
            f"first mail after {_spread(self.recoveries)}"
        )


def _spread(seconds: list[float]) -> str:
    return f"{min(seconds):.1f} to {max(seconds):.1f} s" if seconds else "-"


class Campaign:
    """Everything follows from the seed, but for what the machine does with it."""

    def __init__(self, folder: Path, *, letters: int, kills: int, seed: int, seconds_a_mail: float = 0.04) -> None:
        self.letters, self._random = letters, random.Random(seed)
        self._moments = sorted(self._random.sample(range(2, letters - 5), kills))
        self._sink = SlowSink(seconds_a_mail)
        self._lives = Lives(folder / "instance", smtp=self._sink.url)
        self.found = Findings()

    async def run(self) -> Findings:
        try:
            await self._first_life()
            async with Browser(self._lives.address) as browser:
                answering = await self._begin_to_answer(browser)
                saving = asyncio.create_task(answering.run())
                await self._send_the_rest()
                for moment in self._moments:
                    await self._until_killed(moment)
                await self._last_life(saving)
                self.found.acknowledged, self.found.interrupted = answering.acknowledged, answering.interrupted
            await self._lives.stop()
            self.found.copies = self._sink.copies(INVITATION)
            self.found.left_behind = self._lives.left_behind()
        finally:
            await self._lives.kill()
            self._sink.close()
        return self.found

    async def _first_life(self) -> None:
        await self._lives.begin()
        self.found.starts.append(await self._lives.ready())

    async def _begin_to_answer(self, browser: Browser) -> Answering:
        """One vendor is asked first, and is at work when the others are."""
        async with self._store() as store:
            self._assessments = await opened(store, self.letters)
            await send_all(store, self._assessments[:1])
        link = link_in(await mailed(self._sink, address(0), INVITATION, within=RECOVERY))
        await open_questions(browser, self._sink, address(0), link)
        section = await browser.open(f"/answers/{self._assessments[0]}/sections/{SECTION}")
        return Answering(browser, section, QUESTION)

    async def _send_the_rest(self) -> None:
        async with self._store() as store:
            await send_all(store, self._assessments[1:])

    def _store(self):  # type: ignore[no-untyped-def]
        """The same office, in this process."""
        table = handlers(policy(), library(), attestation_rules())
        return open_store(self._lives.settings.database_url, handlers=table, clock=SystemClock(), name="campaign")

    async def _until_killed(self, moment: int) -> None:
        """Let that many mails arrive, and a moment more; one life in five does not even come up."""
        await self._arrived(moment)
        await asyncio.sleep(self._random.uniform(0, 0.05))
        await self._lives.kill()
        await self._lives.begin()
        if self._random.random() < 0.2:
            return await asyncio.sleep(self._random.uniform(0.1, 1.0))
        return self.found.starts.append(await self._lives.ready())

    async def _arrived(self, moment: int) -> None:
        began = time.monotonic()
        if len(self._sink.copies(INVITATION)) >= moment:
            return
        before = len(self._sink.copies(INVITATION))
        there = await self._sink.until(lambda: len(self._sink.copies(INVITATION)) > before, RECOVERY)
        self.found.recoveries.append(time.monotonic() - began)
        there = there and await self._sink.until(lambda: len(self._sink.copies(INVITATION)) >= moment, RECOVERY)
        assert there, f"{moment} mails were to be there, but {self._state()}"

    async def _last_life(self, saving: asyncio.Task[None]) -> None:
        """To the end of the campaign; then what is on record."""
        await self._arrived(self.letters)
        saving.cancel()
        await asyncio.wait([saving])
        assert saving.cancelled(), saving.exception()
        connection = await asyncpg.connect(self._lives.settings.owner_url)
        try:
            await self._until_recorded(connection)
            states = await connection.fetch(ANSWERS, self._assessments[0])
        finally:
            await connection.close()
        answers = [json.loads(row["state"]) for row in states]
        self.found.recorded = [(each["value"], each["revision"]) for each in answers]

    async def _until_recorded(self, connection: asyncpg.Connection) -> None:
        deadline = time.monotonic() + RECOVERY
        while True:
            self.found.sent, self.found.done = await connection.fetchrow(SENT)
            if self.found.done == self.letters or time.monotonic() > deadline:
                return
            await asyncio.sleep(0.1)

    def _state(self) -> str:
        there = self._sink.copies(INVITATION)
        return f"{len(there)} are. {self.found}. The last words: {self._lives.said.read_text()[-3000:]}"
