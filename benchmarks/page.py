"""docs/benchmarks.md: each benchmark rewrites its own part and leaves the others as they were measured."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import Moment, machine, versions
from benchmarks.measuring import Findings
from benchmarks.plot import svg
from benchmarks.report import section

DOCS = Path(__file__).parent.parent / "docs"
HEAD = """# Benchmarks

This page and its plots are written by `make bench`; nothing here is typed in. What counts are the ratios: everything
in one table was measured in turns, round after round, in the same run on the same machine, and the ratio is between
medians. `make bench ARGS="append mails"` measures some parts again, `ARGS=--quick` tries all of them out and
`ARGS="pages --only searched"` only pages that are called so, without writing anything.
"""


@dataclass(frozen=True)
class Page:
    """The page in a folder."""

    folder: Path = DOCS

    @property
    def path(self) -> Path:
        return self.folder / "benchmarks.md"

    def write(self, findings: Findings, begun: Moment, ended: Moment, *, postgres: str, order: list[str]) -> None:
        """Put a benchmark's part in the place of its old one; parts are in `order`."""
        plots = self.folder / "benchmarks"
        plots.mkdir(parents=True, exist_ok=True)
        (plots / f"{findings.name}.svg").write_text(svg(findings), encoding="utf-8")
        on = f"On {machine()}; {versions(postgres)}."
        picture = f"![{findings.title}](benchmarks/{findings.name}.svg)"
        parts = self._parts() | {findings.name: "\n\n".join((section(findings, begun, ended), on, picture))}
        ordered = [name for name in order if name in parts]
        marked = [f"<!-- {name} begins -->\n{parts[name]}\n<!-- {name} ends -->" for name in ordered]
        self.path.write_text("\n\n".join((HEAD.rstrip(), *marked)) + "\n", encoding="utf-8")

    def _parts(self) -> dict[str, str]:
        text = self.path.read_text(encoding="utf-8") if self.path.exists() else ""
        found = re.finditer(r"<!-- (\w+) begins -->\n(.*?)\n<!-- \1 ends -->", text, re.DOTALL)
        return {match[1]: match[2] for match in found}
