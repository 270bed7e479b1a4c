"""Who proposes a supplier is told which known one may be meant, and why."""

from __future__ import annotations

import asyncpg
import pytest

from desk import ADMIN
from projections import names
from projections.projector import Projector
from suppliers.likeness import Profile, compare, domain, rank, registration, spellings, stem
from suppliers.onboarding import ProposeSupplier
from suppliers.supplier import SupplierDetails
from tests.projections.log import Log, LogFeed

KNOWN = (
    SupplierDetails(name="Anthracite AI", legal_name="Anthracite AI GmbH", website="https://www.anthracite.example/x"),
    SupplierDetails(
        name="Müller & Söhne Data", legal_name="Müller & Söhne Data S.A.", registration_number="HRB 12 345"
    ),
    SupplierDetails(name="Global AI Solutions", country="US"),
    SupplierDetails(name="Data Cloud Systems"),
    SupplierDetails(name="OpenVoice", website="openvoice.example"),
    SupplierDetails(name="xAI"),
    SupplierDetails(name="Quartz Translation Iberia", legal_name="QTI Sprachdienste GmbH"),
)
CROWD = [f"{word} {count}" for word in ("Quartz", "Iberia", "Voice", "AI", "Open") for count in range(30)]
"""Words that are in more names than are looked at."""


@pytest.mark.parametrize(
    ("ours", "theirs", "reason"),
    [
        ("ANTHRACITE AI Inc.", "Anthracite AI", "Same name"),
        ("Muller and Sohne Data", "Müller & Söhne Data S.A.", "Same name"),
        ("Antracite AI", "Anthracite AI", "Very similar"),
        ("Nathracite AI", "Anthracite AI", "Very similar"),
        ("Open Voice", "OpenVoice", "Very similar"),
        ("Anthr", "Anthracite AI", "begins"),
    ],
)
def test_names_that_differ_only_in_how_they_are_written_are_alike(ours: str, theirs: str, reason: str) -> None:
    found = compare(Profile(name=ours), Profile(name=theirs))
    assert found is not None
    assert reason in found.reasons[0]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Data Cloud Systems", "Global AI Solutions"),
        ("Cloud Intelligence GmbH", "Data Intelligence GmbH"),
        ("An", "Anthracite AI"),
        ("Zeta", "OpenVoice"),
    ],
)
def test_names_that_share_only_what_everyone_has_are_not(ours: str, theirs: str) -> None:
    assert compare(Profile(name=ours), Profile(name=theirs)) is None


def test_the_same_number_or_website_counts_more_than_the_name() -> None:
    known = Profile(name="Acme", website="acme.example", registration_number="HRB 12345")
    number = compare(Profile(name="Something else", registration_number="hrb-12345"), known)
    site = compare(Profile(name="Something else", website="http://www.ACME.example/about?x"), known)
    assert number is not None and site is not None
    assert (number.score, number.reasons) == (100, ("Same registration number.",))
    assert site.reasons == ("Same website: acme.example.",)


def test_all_reasons_are_told_and_the_likeliest_comes_first() -> None:
    same = Profile(name="Acme AI", website="acme.example")
    found = rank(Profile(name="Acme AI Ltd", website="acme.example"), [Profile(name="Acme Voice"), same])
    assert found[0].known == same
    assert len(found[0].reasons) == 2


def test_a_name_that_is_only_a_legal_form_stays_a_name() -> None:
    assert stem("SA") == "sa"
    assert stem("Smith Co.") == "smith"
    assert compare(Profile(name="AG"), Profile(name="SE")) is None


def test_websites_and_numbers_are_compared_without_their_clothes() -> None:
    assert domain(" HTTPS://www.Example.com:8443/path ") == "example.com"
    assert domain("") == ""
    assert registration("HRB 12 345-B") == "HRB12345B"
    assert spellings("ab") == {"ab"}


TYPED = (
    (Profile(name="Anth"), "Anthracite AI"),
    (Profile(name="anthracite gmbh"), "Anthracite AI"),
    (Profile(name="Antracite"), "Anthracite AI"),
    (Profile(name="Mueller Data", registration_number="HRB12345"), "Müller & Söhne Data"),
    (Profile(name="Voice Inc", website="www.openvoice.example"), "OpenVoice"),
    (Profile(name="Muller Sohne"), "Müller & Söhne Data"),
    (Profile(name="Söhne Müller"), "Müller & Söhne Data"),
    (Profile(name="Open Voice"), "OpenVoice"),
    (Profile(name="Opn Voice Ltd"), "OpenVoice"),
    (Profile(name="X.AI Corp."), "xAI"),
    (Profile(name="xAI Deutschland GmbH"), "xAI"),
    (Profile(name="Global AI Solution Inc."), "Global AI Solutions"),
    (Profile(name="Translaton Quarz Iberia"), "Quartz Translation Iberia"),
    (Profile(name="Iberia Quartz"), "Quartz Translation Iberia"),
    (Profile(name="Quartz Translation Iberia and Andorra Holding"), "Quartz Translation Iberia"),
    (Profile(name="QTI Sprachdienst"), "Quartz Translation Iberia"),
    (Profile(name="Anthracite Holding SE"), "Anthracite AI"),
)


async def test_a_known_supplier_is_found_while_somebody_types(pool: asyncpg.Pool) -> None:
    log = Log()
    for details in (*KNOWN, *(SupplierDetails(name=name) for name in CROWD)):
        log.hand_in(ProposeSupplier(details=details), by=ADMIN)
    await Projector(LogFeed(log.facts), pool, [names.VIEW]).catch_up()
    for typed, meant in TYPED:
        found = await names.likely_duplicates(pool, typed)
        assert [each.known.name for each in found][:1] == [meant], typed.name
        assert found[0].reasons


async def test_nothing_is_guessed_from_a_letter_or_from_signs(pool: asyncpg.Pool) -> None:
    await Projector(LogFeed([]), pool, [names.VIEW]).catch_up()
    for name in ("", "A", "?!", "' OR 1=1 --"):
        assert await names.likely_duplicates(pool, Profile(name=name)) == []
