"""A calendar file that calendars read: escaped, folded, whole days."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from web.pages.renewals.ical import Day, calendar, escaped, folded

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_a_day_is_a_whole_day_with_its_id_and_address() -> None:
    day = Day("x:1@risk.example", date(2026, 1, 31), "Northwind: SOC 2 ends", "Extract 2", "https://risk.example/x")
    text = calendar("Renewals", [day], now=NOW).decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert "DTSTART;VALUE=DATE:20260131\r\nDTEND;VALUE=DATE:20260201\r\n" in text
    assert "UID:x:1@risk.example\r\n" in text and "DTSTAMP:20260105T090000Z\r\n" in text


def test_signs_that_mean_something_are_escaped() -> None:
    assert escaped("a, b; c\\d\r\ne") == "a\\, b\\; c\\\\d\\ne"


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=400))
def test_long_lines_are_folded_at_75_octets_without_cutting_a_character(text: str) -> None:
    pieces = list(folded(text))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == text


def test_a_line_break_in_a_name_cannot_begin_a_line_of_its_own() -> None:
    day = Day("k", date(2026, 1, 31), "Evil\r\nATTENDEE:x", "d", "https://x")
    assert b"\r\nATTENDEE" not in calendar("n", [day], now=NOW)
