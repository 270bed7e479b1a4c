"""A use, about which rounds are opened."""

from __future__ import annotations

from uuid import UUID

import pytest

from desk import MemoryDesk
from story import onboarded, with_use


@pytest.fixture
def use_id(desk: MemoryDesk) -> UUID:
    return with_use(desk, onboarded(desk))
