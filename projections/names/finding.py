"""Under which numbers a thing is found: what it is called, short enough for an index of all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple
from zlib import crc32

from suppliers.likeness import Profile, slips, stem, strong, telling, whole

NUMBERS = "string_to_array({}, ' ')::integer[]"
LONGEST = 8
"""Letters of a word's beginning that are told apart by number."""
MOST = 3
"""Words of a name that is typed which are looked for, the longest of them."""


def number(text: str) -> int:
    """Two texts may have the same number, if rarely: what is found by it is looked at once more."""
    return crc32(text.encode()) - 2**31


def text_of(texts: Iterable[str]) -> str:
    """For `NUMBERS`: arrays of different lengths cannot be handed in together."""
    return " ".join([str(number(each)) for each in texts])


def beginnings(words: Iterable[str]) -> str:
    """What may have been typed of these words so far."""
    return " ".join(map(_beginnings, words))


@lru_cache(8192)  # nearly every word of a supplier is one of others as well
def _beginnings(word: str) -> str:
    return text_of(word[:length] for length in range(1, min(len(word), LONGEST) + 1))


def typed(words: Iterable[str]) -> str:
    """As SQL, what is found by all of these beginnings has: how much that is decides how to look for it, so the numbers
    stand in the statement itself."""
    return f"ARRAY{sorted({number(word[:LONGEST]) for word in words})}"


@lru_cache(8192)
def slipped(word: str) -> str:
    return text_of(slips(word))


@lru_cache(4096)  # a supplier's names are the same at nearly every event
def likenesses(name: str, legal_name: str) -> str:
    """A supplier's telling words, and its whole names, each with one letter left out as well."""
    names = sorted({stem(name), stem(legal_name)} - {""})
    spelled = sorted({word for each in names for word in strong(each)})
    return " ".join([*map(slipped, spelled), *(_called(whole(each)) for each in names)])


def _called(names: Iterable[str]) -> str:
    """Whole names are not taken for words."""
    return text_of(f"={each}" for each in sorted(names))


class Together(NamedTuple):
    """Who has one of each of these numbers is worth comparing, and so much."""

    first: str
    second: str
    worth: int


def together(profile: Profile) -> Iterator[Together]:
    """A whole name; then two of its telling words each, the longest, or the only one."""
    for name in profile.stems:
        names = _called({*whole(name), *_fewer(telling(name))})
        yield Together(names, names, 8)
        spelled = [slipped(word) for word in sorted(strong(name), key=len)[-MOST:]]
        for first, second in combinations(spelled, 2) if len(spelled) > 1 else [(spelled[0], spelled[0])]:
            yield Together(first, second, 2)


def _fewer(words: Sequence[str]) -> Iterator[str]:
    """Words that follow each other, in one piece."""
    for first, last in combinations(range(len(words) + 1), 2):
        yield "".join(words[first:last])
