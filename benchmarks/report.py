"""What was found, as text for people: tables with medians, spread and ratios, and a plot."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.machine import Moment
from benchmarks.measuring import Findings, Measure, Table


def section(findings: Findings, begun: Moment, ended: Moment) -> str:
    """A benchmark's part of the page."""
    parts = [f"## {findings.title}", " ".join(findings.method.split())]
    parts.append(
        f"Measured {begun.at:%Y-%m-%d %H:%M} to {ended.at:%H:%M} UTC, load average {begun.load:.1f} before "
        f"and {ended.load:.1f} after (the benchmark itself included)."
    )
    parts += [f"Not measured: {reason}" for reason in findings.left_out]
    parts += [markdown(table) for table in findings.tables]
    return "\n\n".join(part for part in parts if part)


def markdown(table: Table) -> str:
    """One table of the page."""
    lines = [f"### {table.title}", ""]
    if table.note:
        lines += [" ".join(table.note.split()), ""]
    heads = [f"{table.unit}, {table.better} is better", "median", "min", "max"]
    heads += [f"median {table.baseline}"] if table.against else []
    heads += ["ratio"] if table.baseline is not None else []
    lines.append(f"| {' | '.join(heads)} |")
    lines.append("|---|" + "---:|" * (len(heads) - 1))
    lines += [f"| {' | '.join(_cells(table, each))} |" for each in table.measures]
    return "\n".join(lines)


def plain(findings: Findings) -> str:
    """For a terminal."""
    lines = [findings.title]
    lines += [f"  not measured: {reason}" for reason in findings.left_out]
    for table in findings.tables:
        lines += ["", f"  {table.title} ({table.unit}, {table.better} is better)"]
        for cells in (_cells(table, each) for each in table.measures):
            label, *numbers = cells
            lines.append(f"    {label:<62}" + "".join(f"{number:>11}" for number in numbers))
    return "\n".join(lines)


def figure(value: float) -> str:
    """Three digits that mean something, thousands apart."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _cells(table: Table, measure: Measure) -> Iterator[str]:
    yield measure.label
    yield figure(measure.median)
    yield figure(min(measure.samples))
    yield figure(max(measure.samples))
    if table.against:
        yield figure(table.against[measure.label].median)
    if table.baseline is not None:
        ratio = table.ratio(measure)
        yield "baseline" if measure.label == table.baseline else "" if ratio is None else f"{figure(ratio)}x"
