"""A scoring policy that somebody wrote, read to be tried; the one in force stays what it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml
from pydantic import ValidationError

from suppliers.errors import Refusal
from suppliers.policy import ScoringPolicy

LONGEST = 200_000
"""Characters; the bundled policy has ten thousand."""


class InvalidPolicy(Refusal):
    """This is not a scoring policy."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences[:3]))
        self.sentences: Sequence[str] = sentences


class _Once(yaml.SafeLoader):
    """Of two values under one name YAML would take the last, and nobody would know."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [each.value for each, _ in node.value]
        for place, (each, _) in enumerate(node.value):
            if each.value in names[:place]:
                raise yaml.MarkedYAMLError(problem=f"{each.value} stands here again", problem_mark=each.start_mark)
        return super().construct_mapping(node, deep)


def policy_in(text: str) -> ScoringPolicy:
    """The policy in a YAML text; refused with a sentence for everything that is wrong with it."""
    if len(text) > LONGEST:
        raise InvalidPolicy(f"The text is longer than {LONGEST:,} characters.")
    try:
        if any(isinstance(token, yaml.AliasToken | yaml.TagToken) for token in yaml.scan(text)):
            raise InvalidPolicy("Write every value out: references (*) and tags (!) are not read.")
        content = yaml.load(text, _Once)
    except yaml.YAMLError as error:
        raise InvalidPolicy(_place(error)) from error
    except RecursionError as error:
        raise InvalidPolicy("Too much stands in brackets in brackets.") from error
    except ValueError as error:  # a day or a number that there is not
        raise InvalidPolicy(f"A value cannot be read: {error}.") from error
    if not isinstance(content, dict):
        raise InvalidPolicy("A policy is a list of names with values; see suppliers/policies/scoring_policy_v1.yaml.")
    try:
        return ScoringPolicy.model_validate(content)
    except ValidationError as faults:
        raise InvalidPolicy(*(_sentence(each) for each in faults.errors())) from faults


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    return f"Line {mark.line + 1}: {problem}." if mark else f"This is not YAML: {problem}."


def _sentence(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"]) or "The policy"
    return f"{where}: {error['msg'].removeprefix('Value error, ')}."
