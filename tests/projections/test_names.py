"""Names: what things are called, whose they are, and by which words they are found."""

from __future__ import annotations

from uuid import UUID, uuid4

import asyncpg

import story
from desk import ADMIN
from projections import dossier, names, register
from projections.names import Kind, Named
from projections.projector import Projector
from projections.view import fold
from suppliers.data_source import SourceDetails
from suppliers.inventory import RegisterDataSource, ReviseSource
from suppliers.likeness import words
from suppliers.onboarding import CorrectSupplier, ProposeSupplier
from suppliers.supplier import SupplierDetails
from tests.projections.log import Log, LogFeed
from tests.projections.portfolio import attest


def named(log: Log, id: UUID) -> Named:
    return fold(names.VIEW, log.facts)[str(id)]


def test_a_supplier_is_called_as_it_was_corrected_last(log: Log) -> None:
    supplier = story.onboarded(log)
    assert (named(log, supplier).kind, named(log, supplier).name) == (Kind.SUPPLIER, "Northwind Cognition")
    details = SupplierDetails(name="Northwind", legal_name="Northwind SE", website="northwind.example")
    log.hand_in(CorrectSupplier(supplier_id=supplier, details=details))
    row = named(log, supplier)
    assert (row.name, row.legal_name, row.country, row.supplier_id) == ("Northwind", "Northwind SE", "", supplier)


def test_whose_a_thing_is_and_what_it_is_called_does_not_change_with_what_is_done_to_it(log: Log) -> None:
    supplier = story.onboarded(log)
    use = story.with_use(log, supplier)
    story.closed(log, use)
    assert (named(log, use).supplier_id, named(log, use).name) == (supplier, "Claims extraction")
    attestation = attest(log, supplier, "iso27001", days=300)
    assert named(log, attestation).name == "ISO/IEC 27001 certificate"
    assert {each.kind for each in fold(names.VIEW, log.facts).values()} == set(Kind) - {Kind.DATA_SOURCE}


def test_a_data_source_has_another_name_only_when_it_is_given_one(log: Log) -> None:
    source = RegisterDataSource(supplier_id=story.onboarded(log), details=SourceDetails(name="News corpus"))
    log.hand_in(source)
    before = named(log, source.source_id)
    for name, same in (("News corpus", True), ("News and blogs", False)):
        log.hand_in(ReviseSource(source_id=source.source_id, details=SourceDetails(name=name, licence="CC BY")))
        event = log.facts[-1]
        assert (names.VIEW.digest({str(source.source_id): before}, event)[str(source.source_id)] is before) is same
    assert named(log, source.source_id).name == "News and blogs"


async def test_everything_that_has_a_name_is_called_by_it(shelf: asyncpg.Pool, told: Log) -> None:
    for row in fold(dossier.VIEW, told.facts).values():
        assert await names.called(shelf, row.names) == row.names
        assert {await names.owner_of(shelf, id) for id in row.names} <= {row.supplier_id}
    assert await names.called(shelf, [uuid4()]) == {}
    assert await names.owner_of(shelf, uuid4()) is None


async def test_things_are_found_by_beginnings_of_their_words_and_named_with_their_suppliers(
    shelf: asyncpg.Pool, told: Log
) -> None:
    lines = fold(register.VIEW, told.facts)
    dossiers = fold(dossier.VIEW, told.facts).values()
    for each in (each for row in dossiers for each in (*row.models.values(), *row.data_sources.values())):
        found = await names.things(shelf, " ".join(word[:4] for word in reversed(words(each.name))), limit=20)
        assert each.id in {thing.id for thing in found}
        assert {thing.supplier_name for thing in found} <= {line.name for line in lines.values()}
    uses = await names.things(shelf, "claims", limit=20)
    assert uses and {each.kind for each in uses} == {Kind.USE}
    assert [each.name for each in uses] == sorted(each.name for each in uses)
    assert await names.things(shelf, "claims", limit=1) == uses[:1]
    for nothing in ("", "&|!", "claimx", "claims claimx", "northwind"):
        assert await names.things(shelf, nothing, limit=20) == []


async def test_few_suppliers_are_named_one_by_one_and_of_many_it_is_only_said_that_they_are(
    pool: asyncpg.Pool, log: Log
) -> None:
    for name in ("Acme data", "Acme voice", "Zeta S.A."):
        log.hand_in(ProposeSupplier(details=SupplierDetails(name=name, country="DE")), by=ADMIN)
    await Projector(LogFeed(log.facts), pool, [names.VIEW]).catch_up()
    acme, voice, zeta = [str(each.event.originator_id) for each in log.facts if each.event.originator_version == 1]
    both = await names.suppliers(pool, "acm")
    assert both is not None and (set(both.keys), both.whole) == ({acme, voice}, True)
    assert await names.suppliers(pool, "voi acme") == ([voice], True)
    assert await names.suppliers(pool, "sa") == await names.suppliers(pool, "z s a") == ([zeta], True)
    assert await names.suppliers(pool, "nobody") == await names.suppliers(pool, " ?! ") == ([], True)
    assert await names.suppliers(pool, "a") is None, "nearly everybody has a word that begins with a letter"


async def test_a_name_of_any_length_is_kept_and_found(pool: asyncpg.Pool, log: Log) -> None:
    name = " ".join(("Extraordinarily" * 300, *map(str, range(9_000))))
    log.hand_in(RegisterDataSource(supplier_id=story.onboarded(log), details=SourceDetails(name=name)))
    await Projector(LogFeed(log.facts), pool, [names.VIEW]).catch_up()
    for typed in ("extraord", "extraordinarily" * 300, "7 8"):
        assert [each.name for each in await names.things(pool, typed, limit=20)] == [name]
