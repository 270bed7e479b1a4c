"""What a value must look like, column by column, and what to do when it does not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from functools import cache

from suppliers.likeness import domain
from suppliers.vendor_model import SupplyKind, TrainsOnOurData
from web.pages.countries import countries

LONGEST = 300
MAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s,;<>\"().]{2,}")
HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]+")
WORDS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


class Unfit(Exception):
    """The value does not fit; the message says what to do."""


def text(value: str) -> str:
    if len(value) > LONGEST:
        raise Unfit(f"Longer than {LONGEST} characters: shorten it.")
    if any(unicodedata.category(each) in {"Cc", "Cs"} for each in value):
        raise Unfit("Holds a character that is no text: remove it.")
    return value


def name(value: str) -> str:
    if not any(each.isalnum() for each in value):
        raise Unfit("A supplier needs a name: write one, or remove the row.")
    return text(value)


def country(value: str) -> str:
    code = value.upper()
    if not code or code in _codes().values():
        return code
    meant = _codes().get(value.casefold())
    raise Unfit(f"Write {meant}." if meant else "Write the country's two letters (ISO 3166-1), such as DE, GB or US.")


def website(value: str) -> str:
    if value and not HOST.fullmatch(domain(value)):
        raise Unfit("Write a web address, such as https://vendor.example.")
    if re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", value, re.I) and not re.match(r"https?://", value, re.I):
        raise Unfit("A web address begins with https:// or http://.")
    return text(value)


def mail(value: str) -> str:
    if value and not MAIL.fullmatch(value):
        raise Unfit("Write one mail address, such as ann@vendor.example.")
    return text(value.lower())


def yes_or_no(value: str) -> bool | None:
    if value and value.casefold() not in WORDS:
        raise Unfit("Write yes or no, or leave it empty while nobody has looked.")
    return WORDS.get(value.casefold())


def one_of(kind: type[StrEnum]) -> Callable[[str], str]:
    """Empty, or one of these words."""

    def fit(value: str) -> str:
        word = re.sub(r"[\s-]+", "_", value.casefold())
        if word and word not in {each.value for each in kind}:
            raise Unfit(f"Write one of {', '.join(each.value for each in kind)}; or leave it empty.")
        return word

    return fit


@cache
def _codes() -> dict[str, str]:
    return {called.casefold(): code for code, called in countries()} | {"uk": "GB", "usa": "US"}


FITS: dict[str, Callable[[str], object]] = {
    "name": name,
    "country": country,
    "website": website,
    "contact_email": mail,
    "owner_email": mail,
    "sanctions_clean": yes_or_no,
    "personal_data": yes_or_no,
    "supply_kind": one_of(SupplyKind),
    "trains_on_our_data": one_of(TrainsOnOurData),
}
"""Every other column is plain text."""
