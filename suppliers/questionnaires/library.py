"""The questionnaires that come with the product: every YAML file beside this module, checked when first read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Literal

from suppliers.bundled import content
from suppliers.errors import Refusal
from suppliers.questionnaires.model import Questionnaire

SubjectKind = Literal["vendor_model", "data_source"]


class NoSuchQuestionnaire(Refusal):
    """There is no such questionnaire."""


class Library:
    """All versions of all questionnaires."""

    def __init__(self, questionnaires: Iterable[Questionnaire]) -> None:
        self._all: dict[tuple[str, str], Questionnaire] = {}
        for questionnaire in questionnaires:
            key = (questionnaire.id, questionnaire.version)
            if key in self._all:
                raise ValueError(f"questionnaire {questionnaire.ref} exists twice")
            self._all[key] = questionnaire

    def __iter__(self) -> Iterator[Questionnaire]:
        return iter(self._all.values())

    def get(self, id: str, version: str) -> Questionnaire:
        """One version, for ever the same."""
        if found := self._all.get((id, version)):
            return found
        raise NoSuchQuestionnaire(f"{id} {version}")

    def by_ref(self, ref: str) -> Questionnaire:
        """By `id@version`."""
        id, _, version = ref.partition("@")
        return self.get(id, version)

    def latest(self, subject_kind: SubjectKind) -> Questionnaire:
        """The newest version for this kind of subject."""
        fitting = [each for each in self._all.values() if each.subject_kind == subject_kind]
        if not fitting:
            raise NoSuchQuestionnaire(subject_kind)
        return max(fitting, key=lambda each: tuple(int(part) for part in each.version.split(".")))


def read(text: str) -> Questionnaire:
    """A questionnaire from its YAML."""
    return Questionnaire.model_validate(content(text))


@cache
def library() -> Library:
    """The bundled questionnaires."""
    bundled = sorted(files("suppliers.questionnaires").iterdir(), key=lambda each: each.name)
    return Library(read(each.read_text("utf-8")) for each in bundled if each.name.endswith(".yaml"))
