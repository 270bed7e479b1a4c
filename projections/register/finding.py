"""Under which numbers a supplier is found: what is written, short enough for an index of all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple
from zlib import crc32

from projections.clauses import Clauses
from suppliers.likeness import Profile, slips, stem, strong, telling, whole, words

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


@lru_cache(8192)  # nearly every word of a supplier is one of others as well
def begun(word: str) -> str:
    """What may have been typed of a word so far."""
    return text_of(word[:length] for length in range(1, min(len(word), LONGEST) + 1))


@lru_cache(8192)
def slipped(word: str) -> str:
    return text_of(slips(word))


def sought(clauses: Clauses, text: str, *, line: str, numbered: bool) -> None:
    """Each word typed begins one of a supplier's, whose line in the register is called `line`.

    Where words are `numbered` an index finds them, and the words themselves decide. The numbers stand in the statement
    itself, for how many suppliers have them decides how to look for them."""
    typed = words(text)
    if not typed:
        clauses.add("false")
    elif len("".join(typed)) == 1:
        clauses.add(f"{line}.sort_name ^@ {{}}", typed[0])  # nearly every supplier has a word that begins like this
    else:
        if numbered:
            clauses.add(f"{line}.begun @> ARRAY{sorted({number(word[:LONGEST]) for word in typed})}")
        for word in typed:
            clauses.add(f"strpos({line}.words, {{}}) > 0", f" {word}")


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
