"""Whether two names may mean the same supplier, and why: legal forms, spelling, website, register number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from rapidfuzz.fuzz import ratio, token_set_ratio, token_sort_ratio

LEGAL_FORMS = frozenset(
    "ab ag aps as asa bhd bv co company corp corporation doo dba ev gbr gmbh inc incorporated kft kg kgaa kk lda "
    "limited llc llp lp ltd ltda mbh nv ohg oo oou ou oy oyj plc pte pty pvt sa sab sae sapi sarl sas sasu se sl slu "
    "spa sro srl ug uab zrt".split()
)
WEAK = LEGAL_FORMS | frozenset(
    "ai and analytics cloud data de deutschland digital europe for germany global group holding holdings intelligence "
    "international lab labs learning machine of research services software solutions systems tech technologies "
    "technology the uk und usa z sp".split()
)
"""Words that many suppliers share: alone they say nothing."""

SAME, ALIKE, BEGINS, ENOUGH = 95, 88, 85, 80
WORD, DOTS = re.compile(r"\w+").findall, re.compile(r"[.'’]").sub
SHORTEST = 3
"""Letters; a shorter beginning is like everything."""


class Profile(BaseModel):
    """What identifies a supplier, known or just being typed."""

    model_config = ConfigDict(frozen=True)

    id: UUID | None = None
    name: str
    legal_name: str = ""
    country: str = ""
    website: str = ""
    registration_number: str = ""

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(filter(None, (stem(self.name), stem(self.legal_name))))


class Likeness(BaseModel):
    """A known supplier that may be meant: 100 = certainly. The reasons are sentences."""

    model_config = ConfigDict(frozen=True)

    known: Profile
    score: int
    reasons: tuple[str, ...]


def rank(proposed: Profile, known: Iterable[Profile], *, limit: int = 5) -> list[Likeness]:
    """Those that may be meant, the likeliest first."""
    found = [likeness for each in known if (likeness := compare(proposed, each)) is not None]
    return sorted(found, key=lambda each: (-each.score, each.known.name.casefold(), str(each.known.id)))[:limit]


def compare(proposed: Profile, known: Profile) -> Likeness | None:
    """How alike two are, None when not enough to ask about it."""
    found = sorted(_reasons(proposed, known), key=lambda reason: -reason[0])
    if not found:
        return None
    return Likeness(known=known, score=found[0][0], reasons=tuple(sentence for _, sentence in found))


def _reasons(proposed: Profile, known: Profile) -> Iterator[tuple[int, str]]:
    number = registration(proposed.registration_number)
    if number and number == registration(known.registration_number):
        yield 100, "Same registration number."
    site = domain(proposed.website)
    if site and site == domain(known.website):
        yield SAME, f"Same website: {site}."
    yield from sorted(_by_name(proposed, known), reverse=True)[:1]


def _by_name(proposed: Profile, known: Profile) -> Iterator[tuple[int, str]]:
    stems = proposed.stems
    for theirs in known.stems:
        for ours in stems:
            if ours == theirs:
                yield SAME, "Same name, apart from the legal form or how it is written."
            elif (alike := _alike(ours, theirs)) >= ALIKE:
                yield min(SAME - 1, alike), "Very similar name."
            elif len(ours) >= SHORTEST and theirs.startswith(ours):
                yield BEGINS, "Its name begins like this."
            elif strong(ours) & strong(theirs) and token_set_ratio(ours, theirs) >= ALIKE:
                yield ENOUGH, "Its name holds the same words."
            elif _alike(_telling(ours), _telling(theirs)) >= ALIKE:
                yield ENOUGH, "Its name holds very similar words."


def _alike(ours: str, theirs: str) -> int:
    joined = ratio(ours.replace(" ", ""), theirs.replace(" ", ""))
    return round(max(joined, token_sort_ratio(ours, theirs)))


def _telling(name: str) -> str:
    return " ".join(sorted(strong(name)))


def words(name: str) -> list[str]:
    """Lower case, no accents, no punctuation; abbreviations in one piece (S.A. = sa)."""
    letters = name.casefold().replace("ß", "ss").replace("&", " and ")
    if not letters.isascii():
        plain = unicodedata.normalize("NFKD", letters)
        letters = "".join([each for each in plain if not unicodedata.combining(each)])
    return WORD(DOTS("", letters))


@lru_cache(8192)  # every key typed compares the same suppliers again
def stem(name: str) -> str:
    """The name without its legal form, unless nothing else is left."""
    spelled = words(name)
    return " ".join([each for each in spelled if each not in LEGAL_FORMS] or spelled)


@lru_cache(8192)
def strong(name: str) -> frozenset[str]:
    """The words that tell this supplier from others."""
    return frozenset(telling(name))


def spellings(name: str) -> frozenset[str]:
    """The strong words, and each with one letter left out: two that share a spelling differ by a slip."""
    return frozenset(spelling for word in strong(name) for spelling in slips(word))


def slips(word: str) -> Iterator[str]:
    """A word, and with one letter left out, whichever."""
    yield word
    if len(word) > SHORTEST:
        yield from (word[:at] + word[at + 1 :] for at in range(min(len(word), 24)))


def telling(name: str) -> list[str]:
    """The words that tell this supplier from others, in their order; all when there are only others."""
    spelled = words(name)
    return [each for each in spelled if each not in WEAK] or spelled


def whole(name: str) -> frozenset[str]:
    """A name without its legal form, in one piece and with a slip anywhere, and its telling words in one piece."""
    return frozenset((*slips(stem(name).replace(" ", "")), "".join(telling(name))))


@lru_cache(8192)
def domain(website: str) -> str:
    """The host of a website without www."""
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", website.strip().casefold())
    return re.split(r"[/?#:]", host)[0].removeprefix("www.").rstrip(".")


@lru_cache(8192)
def registration(number: str) -> str:
    """A register number in letters and digits alone."""
    return "".join(each for each in number.upper() if each.isalnum())
