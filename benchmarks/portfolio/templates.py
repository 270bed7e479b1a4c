"""Lives as templates, and the same lives again under new ids and names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from benchmarks.portfolio import lives
from benchmarks.portfolio.lives import CONTACT, MAIL, NAME, NUMBER, SITE, Life
from benchmarks.portfolio.names import Named
from benchmarks.portfolio.office import STAFF, VENDOR, MemoryOffice
from suppliers.aggregate import DomainEvent
from suppliers.ports import SYSTEM

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SHARED = {str(person.id) for person in (*STAFF, VENDOR, SYSTEM)}

MIX: Sequence[tuple[Life, int]] = (
    (lives.proposed, 15),
    (lives.rated, 25),
    (lives.broad, 17),
    (lives.attested, 22),
    (lives.asked, 18),
    (lives.decided, 3),
)
"""Of a hundred suppliers."""

SCORES = range(5)


@dataclass(frozen=True)
class Template:
    """A life's events as texts."""

    events: Sequence[tuple[type[DomainEvent], str]]

    @classmethod
    async def of(cls, life: Life, score: int) -> Template:
        office = MemoryOffice()
        await life(office, score)
        return cls([(type(fact), fact.model_dump_json()) for fact in await office.facts()])

    def again(self, named: Named, random: Random) -> Iterator[DomainEvent]:
        """The same life of another supplier."""
        ids: dict[str, str] = {}

        def other(match: re.Match[str]) -> str:
            old = match[0]
            if old in SHARED:
                return old
            return ids.setdefault(old, str(UUID(int=random.getrandbits(128), version=4)))

        for kind, text in self.events:
            yield kind.model_validate_json(ID.sub(other, _renamed(text, named)))


def _renamed(text: str, named: Named) -> str:
    if "emplate" not in text:
        return text
    for old, new in ((NAME, named.name), (SITE, named.site), (NUMBER, named.number), (CONTACT, named.contact)):
        text = text.replace(old, new)
    return text.replace(f"{MAIL}@template.example", named.mail)


_known: dict[Life, list[Template]] = {}


async def templates() -> Mapping[Life, Sequence[Template]]:
    """Lived once in a process: it takes a second."""
    for life, _ in MIX:
        if life not in _known:
            _known[life] = [await Template.of(life, score) for score in SCORES]
    return _known
