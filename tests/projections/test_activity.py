"""Activity: every fact has a sentence that a person reads, and none holds a name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from desk import PROCUREMENT
from projections import activity
from projections.activity import Entry, Filters, entry, sentence
from projections.activity.sentence import paths, step_in_words
from projections.activity.sentences import KINDS, SENTENCES
from suppliers.aggregate import AGGREGATES, DomainEvent
from suppliers.ports import SYSTEM
from tests.projections.log import Log, LogFeed

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVENTS = sorted(
    {
        value
        for aggregate in AGGREGATES.values()
        if aggregate.__module__.startswith("suppliers.")
        for value in vars(aggregate).values()
        if isinstance(value, type) and issubclass(value, DomainEvent) and not value.__subclasses__()
    },
    key=lambda event: event.TOPIC,
)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.TOPIC)
def test_every_event_of_the_domain_has_a_sentence_that_gives_no_name_away(event: type[DomainEvent]) -> None:
    assert event in activity.VIEW.digests
    assert event.TOPIC.split(".")[0] in KINDS
    told = {path.split(".")[0] for path in paths(event.TOPIC)}
    assert told <= set(event.model_fields), "a sentence names what the event does not have"
    assert not told & set(event.PERSONAL), "names are for the people view alone"


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.TOPIC)
def test_every_reason_that_an_event_carries_is_told(event: type[DomainEvent]) -> None:
    told = {path.split(".")[0] for path in paths(event.TOPIC)}
    assert {"reason", "reasons"} & set(event.model_fields) <= told


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("sent+7", "7 days after the questionnaire was sent"),
        ("sent+0", "on the day the questionnaire was sent"),
        ("deadline-3", "3 days before the deadline"),
        ("deadline", "on the day of the deadline"),
        ("deadline+1", "1 day after the deadline"),
        ("whatever a later schedule says", "whatever a later schedule says"),
    ],
)
def test_a_step_of_the_reminder_schedule_reads_as_people_say_it(step: str, words: str) -> None:
    assert step_in_words(step) == words


def test_no_sentence_is_left_of_an_event_that_is_no_more() -> None:
    assert set(SENTENCES) == {event.TOPIC for event in EVENTS}


def test_every_fact_of_the_portfolio_reads_as_a_sentence(told: Log) -> None:
    for fact in told.facts:
        text = sentence(entry(fact), {})
        assert text[0].isupper() or text[0] == "“"
        assert text.endswith((".", "?", "!", "…"))
        assert not set("{}[]") & set(text), text
        assert "None" not in text, text


def test_who_what_until_when_and_why() -> None:
    sue = uuid4()
    row = Entry(
        position=1,
        at=NOON,
        recorded_at=NOON,
        actor=sue,
        topic="Supplier.Suspended",
        kind="pause",
        aggregate_id=uuid4(),
        supplier_id=None,
        params={"reason": "Undisclosed breach", "ratify_by": "2026-03-05T12:00:00+00:00"},
        ids={},
    )
    assert sentence(row, {sue: "Sue"}) == (
        "Sue suspended the supplier until the council ratifies it, at the latest on 5 March 2026, 12:00 UTC:"
        " Undisclosed breach."
    )
    ratified = row.model_copy(update={"params": {"reason": "Undisclosed breach", "ratify_by": None}})
    assert sentence(ratified, {}) == "Somebody suspended the supplier: Undisclosed breach."


def test_somebodys_own_braces_and_brackets_stay_as_they_are() -> None:
    row = Entry(
        position=1,
        at=NOON,
        recorded_at=NOON,
        actor=None,
        topic="Supplier.Declined",
        kind="company",
        aggregate_id=uuid4(),
        supplier_id=None,
        params={"reason": "see [annex {actor}]"},
        ids={},
    )
    assert sentence(row, {}) == "Somebody declined the supplier: see [annex {actor}]."


async def test_names_of_persons_and_things_are_looked_up_when_it_is_read(shelf: asyncpg.Pool, told: Log) -> None:
    entries = await activity.page(shelf, LogFeed(told.facts), Filters(kinds=("VendorModel",)))
    names = await activity.names(shelf, entries)
    adopted = next(each for each in entries if each.topic == "VendorModel.VersionAdopted")
    assert sentence(adopted, names) == "Somebody put version 3 of Extract 2 into use."
    everything = await activity.page(shelf, LogFeed(told.facts), limit=1000)
    names = await activity.names(shelf, everything)
    assert names[SYSTEM.id] == "Tierce"
    contact = next(each for each in everything if each.topic == "Supplier.ContactNamed")
    assert sentence(contact, names) == "Somebody named Priya Raman as the contact."
    assert contact.supplier_id is not None
    assert names[contact.supplier_id] in ("Northwind Cognition", "Contoso Speech GmbH")
    erased = next(each for each in everything if each.topic == "Person.Erased")
    assert "data of Erased person erased" in sentence(erased, names)


async def test_the_trail_is_paged_from_the_latest_to_the_first(shelf: asyncpg.Pool, told: Log) -> None:
    seen: list[int] = []
    before = None
    while entries := await activity.page(shelf, LogFeed(told.facts), before=before, limit=97):
        seen += [each.position for each in entries]
        before = entries[-1].position
    assert seen == list(range(len(told.facts), 0, -1))


async def test_the_trail_of_one_record_leaves_out_what_it_is_told_to(shelf: asyncpg.Pool, told: Log) -> None:
    sent = next(fact for fact in told.facts if fact.topic == "Assessment.QuestionnaireSent")
    assessment = sent.event.originator_id
    log, answers = LogFeed(told.facts), ["Assessment.AnswerRecorded", "Assessment.AnswerReviewed"]
    found = await activity.of_record(shelf, log, assessment, without=answers, limit=1000)
    wanted = [fact for fact in told.facts if fact.event.originator_id == assessment and fact.topic not in answers]
    assert [each.position for each in found] == [fact.position for fact in reversed(wanted)]


async def test_filters_narrow_the_trail(shelf: asyncpg.Pool, told: Log) -> None:
    supplier: UUID = next(fact.event.originator_id for fact in told.facts if fact.topic == "Supplier.Suspended")
    about = await activity.of_supplier(shelf, LogFeed(told.facts), supplier, limit=1000)
    assert {each.supplier_id for each in about} == {supplier}
    assert {each.aggregate for each in about} >= {"Supplier", "VendorModel", "Use", "Assessment", "Review", "Person"}
    by = await activity.page(
        shelf, LogFeed(told.facts), Filters(actor=PROCUREMENT.id, kinds=("Use", "Supplier")), limit=1000
    )
    assert {each.actor for each in by} == {PROCUREMENT.id}
    assert {each.aggregate for each in by} == {"Use", "Supplier"}
    day = about[0].at.date()
    that_day = await activity.page(shelf, LogFeed(told.facts), Filters(since=day, until=day), limit=1000)
    assert that_day
    assert {each.at.date() for each in that_day} == {day}
    later = Filters(since=told.today() + timedelta(days=1))
    assert await activity.page(shelf, LogFeed(told.facts), later) == []
