"""What tests of the domain start with.

Property tests judge results, not the speed of the machine they run on; on CI they try the same cases every time.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from desk import MemoryDesk
from tests.suppliers.council import Council

settings.register_profile("unhurried", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("unhurried")


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk()


@pytest.fixture
def council(desk: MemoryDesk) -> Council:
    return Council(desk)
