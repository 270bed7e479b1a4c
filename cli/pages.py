"""The web's application, with what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
from fastapi import FastAPI

from cli.dossier.offering import offered
from cli.page_letters import PageLetters
from cli.past.trials import Trials
from events.stored import OutcomeUnknown
from projections.standing import Lookout
from web.app import build
from web.services import Identity, Services

if TYPE_CHECKING:
    from cli.compose import Instance

PASSING: tuple[type[Exception], ...] = (OutcomeUnknown, TimeoutError, OSError, asyncpg.PostgresConnectionError)
"""After these the same form may be sent again."""


def pages_of(instance: Instance) -> FastAPI:
    settings, lookout = instance.settings, Lookout(instance.store.pool)
    return build(
        Services(
            office=instance.store.office,
            pool=instance.store.pool,
            archive=instance.store.archive,
            replay=Trials(instance.store.dsn),
            waiting=instance.waiting,
            clock=instance.clock,
            policy=instance.policy,
            library=instance.library,
            links=instance.links,
            letters=PageLetters(instance.workroom.shop),
            identity=Identity(
                company=settings.company,
                base_url=settings.base_url,
                demo=settings.demo,
                mailbox_url="/mailbox" if settings.mailbox else None,
            ),
            secret_key=settings.secret_key.get_secret_value(),
            erase=instance.eraser,
            dossier=offered(settings),
            passing=PASSING,
            views=lookout,
            log_changes=lookout.changes,
        )
    )
