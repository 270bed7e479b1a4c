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
DEEPEST = 20
"""Values within values; the bundled policy has four. What is deeper takes ever longer to read."""
OPENS = (
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
)
CLOSES = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)


class InvalidPolicy(Refusal):
    """This is not a scoring policy."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences[:3]))
        self.sentences: Sequence[str] = sentences


class _Once(yaml.SafeLoader):
    """Of two values under one name YAML would take the last, and nobody would know."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = set()
        for each, _ in node.value:
            if str(each.value) in names:
                raise yaml.MarkedYAMLError(problem=f"{each.value} stands here again", problem_mark=each.start_mark)
            names.add(str(each.value))
        return super().construct_mapping(node, deep)


def policy_in(text: str) -> ScoringPolicy:
    """The policy in a YAML text; refused with a sentence for everything that is wrong with it."""
    if len(text) > LONGEST:
        raise InvalidPolicy(f"The text is longer than {LONGEST:,} characters.")
    try:
        _looked_through(text)
        content = yaml.load(text, _Once)
    except yaml.YAMLError as error:
        raise InvalidPolicy(_place(error)) from error
    except ValueError as error:  # a day or a number that there is not
        raise InvalidPolicy(f"A value cannot be read: {error}.") from error
    if not isinstance(content, dict):
        raise InvalidPolicy("A policy is a list of names with values; see suppliers/policies/scoring_policy_v1.yaml.")
    try:
        return ScoringPolicy.model_validate(content)
    except ValidationError as faults:
        raise InvalidPolicy(*(_sentence(each) for each in faults.errors())) from faults


def _looked_through(text: str) -> None:
    """Before anything is made of it."""
    depth = 0
    for token in yaml.scan(text):
        depth += isinstance(token, OPENS) - isinstance(token, CLOSES)
        if depth > DEEPEST:
            raise InvalidPolicy("Too much stands in brackets in brackets.")
        if isinstance(token, yaml.AliasToken | yaml.TagToken):
            raise InvalidPolicy("Write every value out: references (*) and tags (!) are not read.")


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    return f"Line {mark.line + 1}: {problem}." if mark else f"This is not YAML: {problem}."


def _sentence(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"]) or "The policy"
    return f"{where}: {error['msg'].removeprefix('Value error, ')}."
