"""English is the source; another language needs a catalogue and no change of code."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from babel.support import NullTranslations

import letter_specimens
import notifications
from letter_specimens import SPECIMENS, Words
from notifications.language import day_in_words, moment_in_words, short_day, translations
from notifications.stationery import environment

ROOM = Path(notifications.__file__).parent
DAY = date(2026, 12, 11)


class Masked(NullTranslations):
    """Every letter of every message as ž, so that English left in a letter was not marked for translation."""

    def gettext(self, message: str) -> str:
        return re.sub(r"%\(\w+\)s|[A-Za-z]", lambda m: m[0] if len(m[0]) > 1 else "ž", message)

    ugettext = gettext

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)

    ungettext = ngettext


@pytest.mark.parametrize("name", sorted(SPECIMENS))
def test_every_word_of_a_letter_can_be_translated(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notifications.stationery.stationery", lambda language: environment(language, Masked()))
    letter = SPECIMENS[name](Words())
    said = Path(letter_specimens.__file__).read_text() + day_in_words(DAY, "en") + "supplier review Monday Tuesday"
    said += "Sunday Thursday January June November title div https"
    html = re.sub(r"<style.*?</style>|<[^>]+>|&\w+;", " ", letter.html, flags=re.DOTALL)
    for part in (letter.subject, letter.text, html):
        assert {word for word in re.findall(r"[A-Za-z]{4,}", part) if word not in said} == set()


def test_the_template_for_translators_holds_every_message_of_the_letters() -> None:
    with (ROOM / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)
    found = {message for _, _, message, _, _ in extract_from_dir(ROOM, methods, options)}
    with (ROOM / "locale" / "letters.pot").open("rb") as template:
        kept = {message.id for message in read_po(template) if message.id}
    assert kept == found, "run the command at the top of notifications/babel.cfg"


def test_a_language_without_a_catalogue_reads_english() -> None:
    assert translations("xx").gettext("Hello,") == "Hello,"


def test_dates_are_in_words() -> None:
    assert day_in_words(DAY, "en") == "Friday 11 December 2026"
    assert day_in_words(DAY, "de") == "Freitag, 11. Dezember 2026"
    assert day_in_words(DAY, "not a language") == "Friday 11 December 2026"
    assert short_day(DAY, "en-US") == "11 December 2026"


def test_a_time_says_which_clock_it_is_of() -> None:
    at = datetime(2026, 12, 11, 23, 30, tzinfo=UTC)
    assert moment_in_words(at, "en", "UTC") == "Friday 11 December 2026, 23:30 UTC"
    assert moment_in_words(at, "en", "Europe/Berlin") == "Saturday 12 December 2026, 00:30 CET"
