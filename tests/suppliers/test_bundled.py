"""The files that come with the product, however they are read."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from suppliers.bundled import content

TEXTS = {
    each.name: each.read_text("utf-8")
    for folder in (files("suppliers").joinpath("policies"), files("suppliers.questionnaires"))
    for each in folder.iterdir()
    if each.name.endswith(".yaml")
}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_file_says_the_same_whichever_reader_is_at_hand(name: str) -> None:
    assert repr(content(TEXTS[name])) == repr(yaml.safe_load(TEXTS[name]))
