"""Text to rows of cells, each with the line it begins on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from cli.importing.columns import header_of, recognised
from cli.importing.formulas import unguarded
from cli.importing.problems import Problem

DELIMITERS = ",;\t"
MOST_ROWS = 25_000
TOO_MANY = f"The file has more than {MOST_ROWS} rows: split it."
MORE = "The row has more cells than the header: put a value that holds the delimiter between quotes."
FEWER = "The row has fewer cells than the header: what is missing was read as empty."
QUOTES = "The quotes do not match: a value between quotes ends with a quote, and a quote inside it is doubled."


class Row(NamedTuple):
    """What stands in our columns, trimmed; and all cells as they came, for the file of errors."""

    line: int
    values: dict[str, str]
    cells: tuple[str, ...]


class Table(NamedTuple):
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def table_of(text: str) -> Table:
    delimiter = delimiter_of(text)
    problems: list[Problem] = []
    records = list(_records(text, delimiter, problems))
    if not records:
        return Table((), (), (*problems, Problem(0, "", "", "The file is empty.")))
    (line, heading), *body = records
    header = header_of(heading, line)
    problems.extend(header.problems)
    if not body and not problems:
        problems.append(Problem(0, "", "", "There is a header but no row below it."))
    if len(body) > MOST_ROWS:
        return Table(tuple(heading), (), (*problems, Problem(0, "", "", TOO_MANY)))
    rows = [_row(each, cells, header.columns, problems) for each, cells in body]
    return Table(tuple(heading), tuple(rows), tuple(problems))


def delimiter_of(text: str) -> str:
    """That by which most headings are ones we know."""
    first = text.lstrip("\r\n").split("\n", 1)[0].rstrip("\r")

    def fitting(delimiter: str) -> tuple[int, int]:
        return recognised(next(csv.reader([first], delimiter=delimiter), [])), first.count(delimiter)

    return max(DELIMITERS, key=fitting)


def _records(text: str, delimiter: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            limit = "field larger" in str(wrong)
            problems.append(Problem(line, "", "", "A value is far too long. " + QUOTES if limit else QUOTES))
            continue
        if any(cell.strip() for cell in cells):
            yield line, cells


def _row(line: int, cells: list[str], columns: tuple[str | None, ...], problems: list[Problem]) -> Row:
    if any(cell.strip() for cell in cells[len(columns) :]):
        problems.append(Problem(line, "", " | ".join(cells[len(columns) :]), MORE))
    elif len(cells) < len(columns):
        problems.append(Problem(line, "", "", FEWER, "warning"))
    values = {column: " ".join(unguarded(cell).split()) for column, cell in zip(columns, cells, strict=False) if column}
    return Row(line, values, tuple(cells))
