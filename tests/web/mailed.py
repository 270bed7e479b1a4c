"""Stands in for the mail: keeps the codes that were sent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

from web.services import Preview


@dataclass
class Mailed:
    """Codes that were mailed, newest last."""

    codes: list[tuple[str, str]] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def mail_sign_in_code(self, *, code_id: UUID, to: str, name: str, code: str, minutes: int) -> None:
        self.codes.append((to, code))
        self.came.set()

    async def mail_vendor_code(
        self, *, code_id: UUID, assessment_id: UUID, to: str, name: str, code: str, minutes: int
    ) -> None:
        self.codes.append((to, code))
        self.came.set()

    async def preview_invitation(self, assessment_id: UUID, *, message: str) -> Preview:
        raise NotImplementedError

    async def newest(self) -> str:
        """The code, as soon as it was mailed."""
        await asyncio.wait_for(self.came.wait(), 5)
        self.came.clear()
        return self.codes.pop()[1]
