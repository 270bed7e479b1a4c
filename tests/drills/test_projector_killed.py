"""kill -9 of the process that keeps the views, again and again, while people work."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from tests.drills.chance import seed
from tests.drills.load import Load
from tests.drills.site import site
from tests.stories.lives import free_port
from tests.stories.served import serving, settings

KILLS = 10


async def test_a_projector_killed_10_times_under_load_leaves_views_as_they_should_be(tmp_path: Path) -> None:
    async with site(tmp_path, random.Random(seed())) as made:
        await made.cut_projectors()
        made.load = Load(made.store, made.chance, lanes=2, pause=0.1)
        nobody = {"nats": "nats://127.0.0.1:1", "smtp": "smtp://127.0.0.1:1", "base_url": "http://x.example"}
        told = settings(database=made.dsn, **nobody)
        working = asyncio.create_task(made.load.run())
        for _ in range(KILLS):
            async with serving(tmp_path, told, "projector", port=free_port()) as projector:
                await projector.ready()
                await asyncio.sleep(made.chance.uniform(0.1, 0.6))
        made.load.stop()
        await working
        async with serving(tmp_path, told, "projector", port=free_port()) as projector:
            await projector.ready()
            assert await made.verdict() == []
