"""An application for each test, made of what is the same in all: its routes, and its templates once compiled."""

from __future__ import annotations

from functools import cache
from types import CodeType

from fastapi import FastAPI
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from web.app import furnished, routed
from web.services import Services


class Compiled(BytecodeCache):
    """Keyed by a template's file and what is in it."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self.kept[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()
ROUTED = cache(routed)


def made_quickly(services: Services) -> FastAPI:
    """What `web.app.build` makes; anew each time, that would be most of what a test takes."""
    return compiled_once(furnished(ROUTED(services.identity.base_url, upload_limit=services.upload_limit), services))


def compiled_once(app: FastAPI) -> FastAPI:
    """The same, sharing templates that any other has compiled."""
    environment = app.state.pages.environment
    environment.bytecode_cache = environment.globals["govuk"].environment.bytecode_cache = COMPILED
    return app
