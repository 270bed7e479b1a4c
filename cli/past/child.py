"""A trial of a policy in a process of its own: the policy comes in, steps and outcome go out, a line of JSON each."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import UTC, datetime

DSN = "TIERCE_TRIAL_DSN"
POLITENESS = 10


async def _run(text: str) -> None:
    from cli.clock import SystemClock
    from cli.store import open_store
    from projections.asof import Looking
    from projections.whatif import replay
    from suppliers.policy_trial import policy_in

    trial = policy_in(text)
    async with open_store(
        os.environ[DSN], handlers={}, clock=SystemClock(), connections=2, name="tierce trial"
    ) as store:
        outcome = await replay(
            store.pool,
            Looking(store.pool, store.archive),
            trial,
            until=await store.recorder.head(),
            today=datetime.now(UTC).date(),
            progress=lambda done, total: _say({"done": done, "total": total}),
        )
    _say({"outcome": outcome.model_dump(mode="json")})


def _say(what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    os.nice(POLITENESS)
    asyncio.run(_run(sys.stdin.read()))
