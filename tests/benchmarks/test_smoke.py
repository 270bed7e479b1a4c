"""Every benchmark runs, and what it finds is whole; how fast anything is, is not for a test to say."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.__main__ import main
from benchmarks.catalogue import BENCHMARKS
from benchmarks.machine import Moment, machine, versions
from benchmarks.measuring import Findings, Measure, Table, in_turns, percentile
from benchmarks.page import Page
from benchmarks.plot import svg
from benchmarks.report import figure, plain, section
from benchmarks.sizes import TINY
from cli.embedded.postgres import Postgres

TABLE = Table(
    "Appending, one & more",
    "events/s",
    "more",
    (Measure("bare", (100.0, 200.0, 400.0)), Measure("ours", (500.0, 600.0, 1_200.0))),
    "bare",
)


@pytest.mark.parametrize("name", BENCHMARKS)
async def test_a_benchmark_measures_everything_it_names_against_its_baseline(name: str, postgres: Postgres) -> None:
    findings = await BENCHMARKS[name](postgres, TINY)

    assert findings.name == name and findings.tables
    for table in findings.tables:
        labels = [each.label for each in table.measures]
        assert len(set(labels)) == len(labels) > 1
        assert all(value > 0 for each in table.measures for value in each.samples)
        assert all(each.samples for each in table.measures)
        assert all(table.ratio(each) for each in table.measures)
    ElementTree.fromstring(svg(findings))
    assert plain(findings) and section(findings, Moment.now(), Moment.now())


def test_a_ratio_is_between_medians() -> None:
    assert TABLE.ratio(TABLE.of("ours")) == 3.0


def test_a_thing_measured_at_two_sizes_is_held_against_itself() -> None:
    small = {"home": Measure("home", (2.0,)), "list": Measure("list", (4.0,))}
    table = Table("Pages", "ms", "less", (Measure("home", (3.0,)), Measure("list", (4.0,))), "at 10", against=small)

    assert [table.ratio(each) for each in table.measures] == [1.5, 1.0]


def test_the_percentile_is_a_value_that_was_measured() -> None:
    assert [percentile([3, 1, 2, 4], share) for share in (0, 0.5, 0.95, 1)] == [1, 2, 4, 4]


def test_the_figure_keeps_what_means_something() -> None:
    assert [figure(value) for value in (12_345.6, 99.44, 0.123)] == ["12,346", "99.4", "0.12"]


async def test_the_first_round_does_not_count_and_each_begins_with_another() -> None:
    order: list[str] = []

    async def measured(label: str) -> float:
        order.append(label)
        return len(order)

    found = await in_turns(2, {"a": lambda: measured("a"), "b": lambda: measured("b")})

    assert "".join(order) == "abbaab"
    assert [each.samples for each in found] == [(4.0, 5.0), (3.0, 6.0)]


def test_a_benchmark_rewrites_its_own_part_of_the_page_and_no_other(tmp_path: Path) -> None:
    page, moment = Page(tmp_path), Moment.now()
    first, second = Findings("first", "First", (TABLE,)), Findings("second", "Second", (TABLE,))
    for findings in (second, first, Findings("second", "Second again", (TABLE,))):
        page.write(findings, moment, moment, postgres="18", order=["first", "second"])
    text = page.path.read_text(encoding="utf-8")

    assert text.index("## First") < text.index("## Second again")
    assert text.count("| ours | 600 | 500 | 1,200 | 3.00x |") == 2
    assert "load average" in text and machine() in text and versions("18") in text
    assert (tmp_path / "benchmarks" / "first.svg").exists()


def test_a_name_that_does_not_exist_is_refused_with_those_that_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["apend"])
    assert "append" in capsys.readouterr().err
