"""Bars for a benchmark's tables, as an SVG that reads on a light and a dark page."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from html import escape

from benchmarks.measuring import Findings, Measure, Table
from benchmarks.report import figure

WIDTH, LABELS, BAR, GAP, TITLE = 900, 380, 16, 6, 30
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1c2733; } .title { font-weight: 600; }
.bar { fill: #9db2c4; } .baseline { fill: #46596b; } .spread { stroke: #1c2733; stroke-width: 1; }
@media (prefers-color-scheme: dark) {
  text { fill: #e4eaf0; } .bar { fill: #6d8aa5; } .baseline { fill: #c3d0db; } .spread { stroke: #e4eaf0; }
}
"""


def svg(findings: Findings) -> str:
    """All tables below each other; each on a scale of its own, in decades when its numbers are far apart."""
    parts: list[str] = []
    y = 0
    for table in findings.tables:
        parts += _table(table, y)
        y += TITLE + len(table.measures) * (BAR + GAP) + GAP
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}" role="img">'
    return "\n".join([head, f"<title>{escape(findings.title)}</title>", f"<style>{STYLE}</style>", *parts, "</svg>\n"])


def _table(table: Table, top: int) -> Iterator[str]:
    scale = _Scale(table.measures)
    kind = " (scale in decades)" if scale.decades else ""
    yield f'<text class="title" x="0" y="{top + 20}">{escape(table.title)}, {table.unit}{kind}</text>'
    for number, measure in enumerate(table.measures):
        y = top + TITLE + number * (BAR + GAP)
        shade = "baseline" if measure.label == table.baseline else "bar"
        low, high = scale(min(measure.samples)), scale(max(measure.samples))
        width, middle = scale(measure.median), y + BAR / 2
        yield f'<text x="{LABELS - 8}" y="{y + 12}" text-anchor="end">{escape(_short(measure.label))}</text>'
        yield f'<rect class="{shade}" x="{LABELS}" y="{y}" width="{width:.0f}" height="{BAR}"/>'
        yield (
            f'<line class="spread" x1="{LABELS + low:.0f}" x2="{LABELS + high:.0f}" y1="{middle}" y2="{middle}"/>'
            f'<text x="{LABELS + max(width, high) + 6:.0f}" y="{y + 12}">{figure(measure.median)}</text>'
        )


class _Scale:
    """A number as a length."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        values = [value for each in measures for value in each.samples if value > 0] or [1.0]
        self._room = WIDTH - LABELS - 70
        self._most = max(values)
        self.decades = self._most / min(values) > 50
        self._least = 10 ** math.floor(math.log10(min(values)))

    def __call__(self, value: float) -> float:
        if not self.decades:
            return self._room * value / self._most
        return self._room * math.log10(max(value, self._least) / self._least) / math.log10(self._most / self._least)


def _short(label: str) -> str:
    return label if len(label) <= 58 else label[:57] + "…"
