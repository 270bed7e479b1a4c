"""Suppliers of the file that are there already: in the register, or further up in the file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cli.importing.problems import Problem
from cli.importing.table import Row
from suppliers.likeness import ALIKE, Profile, compare, domain, registration, spellings, stem
from suppliers.supplier import SupplierDetails

FEW = 20
"""A spelling that more suppliers share tells nothing."""
COMPARED = 4
"""As many as share most spellings are compared."""
SAME = {"registration_number": "Same registration number", "name": "Same name", "legal_name": "Same legal name"}
WHAT_TO_DO = "Remove the row, or say --allow-duplicates when it is another supplier."


class Found(NamedTuple):
    """A supplier known before; line 0 = it is in the register."""

    profile: Profile
    line: int

    def __str__(self) -> str:
        return f"{self.profile.name} ({f'line {self.line}' if self.line else 'in the register'})"


class Traits(NamedTuple):
    """What a supplier is found by: (column, key), and the telling words of its name with their slips."""

    keys: tuple[tuple[str, str], ...]
    words: frozenset[str]


class Known:
    """Found by number, website, name and the telling words of the name: 20,000 are not compared with each other."""

    def __init__(self, register: Iterable[Profile]) -> None:
        self._all: list[Found] = []
        self._by_key: defaultdict[str, list[int]] = defaultdict(list)
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        for profile in register:
            self.add(Found(profile, 0), traits(profile))

    def add(self, found: Found, traits: Traits) -> None:
        for _, key in traits.keys:
            self._by_key[key].append(len(self._all))
        for word in traits.words:
            self._by_word[word].append(len(self._all))
        self._all.append(found)

    def same(self, traits: Traits) -> list[tuple[str, Found]]:
        """Certainly the same, each with the column that says so first."""
        certain: dict[int, str] = {}
        for column, key in traits.keys:
            if column != "website" and (places := self._by_key.get(key)):
                certain.setdefault(places[0], column)
        return [(column, self._all[place]) for place, column in certain.items()]

    def alike(self, profile: Profile, traits: Traits) -> tuple[Found, str] | None:
        """The likeliest of those that may be meant, and why."""
        hits = Counter(place for _, key in traits.keys for place in self._by_key.get(key, [])[:COMPARED])
        for word in traits.words:
            places = self._by_word.get(word, ())
            hits.update(places if len(places) <= FEW else ())
        best: tuple[int, Found, str] | None = None
        for place, _ in hits.most_common(COMPARED):
            found = self._all[place]
            like = compare(profile, found.profile)
            if like and like.score >= ALIKE and (best is None or like.score > best[0]):
                best = like.score, found, " ".join(like.reasons)
        return best and best[1:]


def duplicates(rows: Iterable[Row], known: Known, *, allowed: bool) -> Iterator[Problem]:
    """Of every row that has a name, whatever else may be wrong with it."""
    for row in rows:
        profile = Profile.model_validate({field: row.values.get(field, "") for field in SupplierDetails.model_fields})
        if stem(profile.name):
            its = traits(profile)
            yield from _found(row, profile, its, known, allowed)
            known.add(Found(profile, row.line), its)


def _found(row: Row, profile: Profile, its: Traits, known: Known, allowed: bool) -> Iterator[Problem]:
    certain = known.same(its)
    for column, found in certain:
        sentence = f"{SAME[column]} as {found}." + ("" if allowed else f" {WHAT_TO_DO}")
        yield Problem(row.line, column, row.values[column], sentence, "warning" if allowed else "error")
    if not certain and (similar := known.alike(profile, its)):
        sentence = f"Perhaps the same as {similar[0]}: {similar[1]}"
        yield Problem(row.line, "name", profile.name, sentence, "warning")


def traits(profile: Profile) -> Traits:
    return Traits(tuple(_keys(profile)), spellings(profile.name))


def _keys(profile: Profile) -> Iterator[tuple[str, str]]:
    """Column and what stands in it, however it is written; a legal name may be another's name."""
    if number := registration(profile.registration_number):
        yield "registration_number", f"number:{number}"
    name, legal = stem(profile.name), stem(profile.legal_name)
    if name:
        yield "name", f"name:{name}"
    if legal and legal != name:
        yield "legal_name", f"name:{legal}"
    if site := domain(profile.website):
        yield "website", f"site:{site}"
