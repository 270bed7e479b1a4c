"""The letters that pages mail or show themselves, out of the workers' workshop."""

from __future__ import annotations

from uuid import UUID

from notifications import letters
from notifications.letter import Correspondent
from web.services import Preview
from workers.correspondence import envelope, round_of
from workers.questionnaires import invitation
from workers.workshop import Workshop

NO_LINK = 2**31 - 1
"""A generation no link ever reaches: what a preview shows opens nothing."""

SOMEBODY = Correspondent(address="contact@vendor.example", name="")


class PageLetters:
    def __init__(self, shop: Workshop) -> None:
        self._shop = shop

    async def mail_sign_in_code(self, *, code_id: UUID, to: str, name: str, code: str, minutes: int) -> None:
        addressed = envelope(self._shop, f"sign-in:{code_id}", Correspondent(address=to, name=name))
        await self._shop.mailroom.deliver(letters.sign_in_code(addressed, code=code, minutes=minutes))

    async def mail_vendor_code(
        self, *, code_id: UUID, assessment_id: UUID, to: str, name: str, code: str, minutes: int
    ) -> None:
        found = await round_of(self._shop, assessment_id)
        addressed = envelope(self._shop, f"vendor-code:{code_id}", Correspondent(address=to, name=name), found.owner)
        letter = letters.vendor_code(addressed, about=found.about, code=code, minutes=minutes)
        await self._shop.mailroom.deliver(letter)

    async def preview_invitation(self, assessment_id: UUID, *, message: str) -> Preview:
        found = await round_of(self._shop, assessment_id)
        addressed = envelope(self._shop, f"preview:{assessment_id}", found.contact or SOMEBODY, found.owner)
        letter = invitation(self._shop, found, addressed, link=NO_LINK, message=message)
        return Preview(to=letter.to, subject=letter.subject, text=letter.text, html=letter.html)
