"""The seam for translations: a catalogue per language, and dates in that language's words."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time, get_timezone
from babel.support import NullTranslations, Translations

CATALOGUES = Path(__file__).with_name("locale")
DOMAIN = "letters"


def translations(language: str, folder: Path = CATALOGUES) -> NullTranslations:
    """The catalogue of a language; the English source where there is none."""
    return Translations.load(str(folder), [language], DOMAIN)


def locale_of(language: str) -> Locale:
    """The language's own way to write dates and numbers; British English where we do not know it."""
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
    return Locale("en", "GB") if locale == Locale("en") else locale


def day_in_words(day: date, language: str) -> str:
    """Friday 11 December 2026: no reader has to guess which number is the month."""
    locale = locale_of(language)
    return format_date(day, "EEEE d MMMM y" if locale.language == "en" else "full", locale=locale)


def short_day(day: date, language: str) -> str:
    """11 December 2026."""
    return format_date(day, "d MMMM y" if language.startswith("en") else "long", locale=locale_of(language))


def moment_in_words(at: datetime, language: str, zone: str) -> str:
    """Friday 11 December 2026 at 10:42 UTC."""
    tz, locale = get_timezone(zone), locale_of(language)
    local = at.astimezone(tz)
    clock = format_time(local, "HH:mm", tzinfo=tz, locale=locale)
    return f"{day_in_words(local.date(), language)}, {clock} {format_datetime(local, 'zzz', tzinfo=tz, locale=locale)}"
