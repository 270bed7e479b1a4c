"""Templates are strict and escape; words, dates and figures read as people say them; nothing is inline."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jinja2 import UndefinedError

from tests.web.preview import MOCKS, NOW, STAFF, pages
from web import figures, words
from web.assets import ROOT, static_url
from web.charts import sparkline, waterfall
from web.dates import Calendar, lateness, relative
from web.frame import initials
from web.rendering import Pages, query

TEMPLATES = Path(__file__).parents[2] / "web" / "templates"


def render(text: str, **context: object) -> str:
    return " ".join(Pages().environment.from_string(text).render(context).split())


@pytest.mark.parametrize("name", MOCKS)
def test_every_mock_page_renders_without_anything_inline(name: str) -> None:
    html = pages().page(name, **MOCKS[name])
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)


def test_what_people_typed_is_escaped_in_pages_and_macros() -> None:
    assert "<b>" not in render("{{ layout.empty(name) }}{{ badges.state(name) }}{{ name }}", name="<b>x</b>")


def test_an_unknown_variable_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("{{ nobody }}")


def test_a_block_rendered_alone_finds_the_macros() -> None:
    html = pages().block("suppliers.html", "content", frame=STAFF)
    assert "Halcyon Speech" in html
    assert "<html" not in html


def test_a_band_carries_word_bars_and_score() -> None:
    html = render("{{ badges.band('watch', 44.96, low_confidence=true) }}")
    assert "Watch" in html and "<svg" in html and "45.0" in html and "Low confidence" in html


def test_a_band_nobody_assessed_says_so() -> None:
    assert "Not assessed" in render("{{ badges.band(none) }}")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-6, "Overdue 6 days"),
        (-1, "Overdue 1 day"),
        (0, "Due today"),
        (1, "Due tomorrow"),
        (9, "Due in 9 days"),
        (240, "Due in 8 months"),
        (800, "Due in 2 years"),
    ],
)
def test_lateness_is_said_in_words(days: int, said: str) -> None:
    assert lateness(days) == said
    assert said in render("{{ badges.due(day, now) }}", day=NOW + timedelta(days=days), now=NOW)


def test_days_from_now_read_backwards_too() -> None:
    assert [relative(days) for days in (0, 1, -1, 3, -3)] == [
        "today",
        "tomorrow",
        "yesterday",
        "in 3 days",
        "3 days ago",
    ]


def test_a_moment_is_shown_on_the_day_it_has_where_the_instance_stands() -> None:
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    calendar = Calendar(ZoneInfo("Europe/Berlin"))
    assert calendar.moment(late) == "1 Jan 2027, 00:30"
    assert calendar.long_date(date(2026, 12, 11)) == "Friday 11 December 2026"
    assert calendar.date(None) == ""


def test_figures_read_as_people_write_them() -> None:
    assert figures.number(12345) == "12,345"
    assert figures.signed(-3) == "−3.0" and figures.signed(0.04) == "±0" and figures.signed(3.25) == "+3.2"
    assert figures.plural(1, "day") == "1 day" and figures.plural(2, "reply", "replies") == "2 replies"
    assert figures.size(900) == "900 bytes" and figures.size(1_234_567) == "1.2 MB"
    assert figures.score(None) == "–" and figures.percent(0.695) == "70%"


def test_a_score_just_under_a_border_is_not_rounded_into_the_next_band() -> None:
    assert figures.whole(44.96) == "44"


def test_keys_become_words() -> None:
    assert words.words("risk_manager") == "Risk manager"
    assert words.tone("overdue") == "bad" and words.tone("never heard of") == "plain"
    assert initials("Dana Maria Whitfield") == "DW" and initials("") == "?"


def test_links_keep_their_filters() -> None:
    assert query({"q": "a b", "tier": 1}, tier=None, after="x") == "?q=a+b&after=x"


def test_a_static_address_changes_with_the_content_and_a_missing_file_fails_at_once() -> None:
    assert re.fullmatch(r"/static/css/tokens\.css\?v=[0-9a-f]{12}", static_url("css/tokens.css"))
    with pytest.raises(FileNotFoundError):
        static_url("css/none.css")


def test_a_small_change_does_not_look_like_a_cliff() -> None:
    calm, steep = sparkline([50, 51]), sparkline([10, 90])
    assert abs(calm.points[0].y - calm.points[1].y) < 3 < 10 < abs(steep.points[0].y - steep.points[1].y)


def test_each_waterfall_step_begins_where_the_one_before_ended_and_stays_in_the_scale() -> None:
    up, down, over = waterfall(58, [12, -10, 90])
    assert (up.start, up.width, up.rises) == (58, 12, True)
    assert (down.start, down.width, down.rises) == (60, 10, False)
    assert over.start + over.width == 100


def test_an_optional_field_says_so_and_an_error_is_tied_to_its_input() -> None:
    html = render("{{ forms.text('name', 'Name', error='Give a name', required=false) }}")
    assert "optional" in html and 'aria-invalid="true"' in html and 'aria-describedby="f-name-error"' in html


def test_a_form_carries_its_token_and_the_version_the_person_saw() -> None:
    html = render("{% call forms.form('/x', 'tok', version=3) %}{% endcall %}")
    assert 'name="csrf" value="tok"' in html and 'name="version" value="3"' in html


def test_no_static_file_names_a_remote_source_or_a_source_map() -> None:
    for file in [*ROOT.rglob("*.css"), *ROOT.rglob("*.js")]:
        text = file.read_text()
        assert "sourceMappingURL" not in text
        assert not re.search(r"url\(\s*[\"']?https?:|@import", text), file
