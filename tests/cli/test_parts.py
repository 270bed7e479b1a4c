"""Roles begin at once, and what they need is read one after the other."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import pytest

from cli.parts import Reading


class Slow:
    """A disk that takes its time to find a package."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name == "egg":
            time.sleep(0.2)


async def test_roles_begin_of_which_one_needs_a_package_and_another_a_part_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "egg").mkdir()
    (tmp_path / "egg" / "__init__.py").write_text("from egg.yolk import YELLOW")
    (tmp_path / "egg" / "yolk.py").write_text("YELLOW = True")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "meta_path", [Slow, *sys.meta_path])
    read = Reading()
    await asyncio.gather(read("egg"), read("egg.yolk"))
    assert {"egg", "egg.yolk"} <= sys.modules.keys()
