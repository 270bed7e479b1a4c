"""The real application on a real PostgreSQL, with people and a mailed questionnaire; mail is kept in a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import asyncpg
import httpx
from fastapi import FastAPI

from clock import MovableClock
from events.archive import Archive
from events.feed import Follower
from events.keys import Keyring
from events.mapper import Mapper
from events.office import Office
from events.recorder import PostgresRecorder
from events.repository import Repository
from projections import people
from projections.projector import Projector
from story import FACTS, best
from suppliers.answering import AttachEvidence, BeginAnswering, RecordAnswer
from suppliers.assessment import Assessment
from suppliers.attestation_rules import attestation_rules
from suppliers.commands import handlers
from suppliers.data_source import SourceDetails
from suppliers.diligence import NoteQuestionnaireSent, OpenAssessment, SendQuestionnaire
from suppliers.errors import NoSuchRecord, StaleWrite
from suppliers.eu_ai_act import Screening, classify
from suppliers.factors import Factor
from suppliers.intake import DescribeUse
from suppliers.inventory import RegisterDataSource
from suppliers.links import Links
from suppliers.onboarding import ContactDetails, ProposeSupplier
from suppliers.people import RegisterStaff
from suppliers.policy import policy
from suppliers.ports import SYSTEM, Actor, Command, Role
from suppliers.questionnaires.course import missing
from suppliers.questionnaires.library import library
from suppliers.questionnaires.model import AnswerType
from suppliers.questions import questionnaire_of
from suppliers.supplier import SupplierDetails
from suppliers.use import Intake, SubjectKind
from tests.web.mailed import Mailed
from tests.web.quickly import made_quickly
from web.services import Identity, Services

SECRET = "a secret key that is long enough to sign with"
SITE = "https://risk.example"
SCREENING = Screening(
    in_scope=True, prohibited_practice=False, annex_i_with_third_party_assessment=False, annex_iii_area=False
)


class Stage:
    """What a test of pages works with."""

    def __init__(self, pool: asyncpg.Pool, clock: MovableClock, *, base_url: str = SITE, demo: bool = False) -> None:
        self.pool, self.clock = pool, clock
        recorder, mapper = PostgresRecorder(pool), Mapper(Keyring(pool))
        self.archive = Archive(pool, mapper)
        table = handlers(policy(), library(), attestation_rules())
        repository = Repository(recorder, mapper, recorder)
        self.office = Office(repository, table, clock, StaleWrite, NoSuchRecord, dated_by_clock=True)
        self.projector = Projector(Follower(recorder, mapper), pool, [people.VIEW])
        self.letters, self.links = Mailed(), Links(SECRET)
        self.identity = Identity(company="Meridian Bank", base_url=base_url, demo=demo)
        self.upload_limit = 2_000_000

    @cached_property
    def services(self) -> Services:
        return Services(
            office=self.office, pool=self.pool, archive=self.archive, waiting=self, clock=self.clock,
            policy=policy(), library=library(), links=self.links, letters=self.letters, identity=self.identity,
            secret_key=SECRET, erase=None, upload_limit=self.upload_limit,
        )  # fmt: skip

    @cached_property
    def app(self) -> FastAPI:
        return made_quickly(self.services)

    def browser(self) -> httpx.AsyncClient:
        """A browser without a window: keeps cookies, follows nothing by itself."""
        transport = httpx.ASGITransport(app=self.app, client=("203.0.113.7", 50000))
        return httpx.AsyncClient(transport=transport, base_url=SITE, headers={"Origin": SITE})

    async def wait(self, views: Sequence[str], position: int, timeout: float = 1.0) -> bool:
        await self.projector.catch_up()
        return True

    async def do(self, command: Command, by: Actor = SYSTEM) -> Any:
        await self.office.issue(command, actor=by)
        return command

    async def events(self) -> int:
        return int(await self.pool.fetchval("SELECT count(*) FROM event_log"))

    async def rows(self) -> int:
        """Everything that is kept anywhere, but for what only counts tries."""
        tables = (
            "event_log",
            "sessions",
            "sign_in_codes",
            "vendor_codes",
            "vendor_sessions",
            "evidence_blobs",
            "letters",
        )
        counts = " + ".join(f"(SELECT count(*) FROM {table})" for table in tables)
        return int(await self.pool.fetchval(f"SELECT {counts}"))

    async def staff(self, name: str, *roles: Role) -> UUID:
        email = f"{name.split()[0].lower()}@meridian.example"
        made = await self.do(RegisterStaff(name=name, email=email, roles=frozenset(roles)))
        await self.projector.catch_up()
        return made.person_id

    async def sent(self, *, supplier: str = "Northwind Cognition", owner: UUID | None = None) -> UUID:
        """A questionnaire about a data source, mailed to Priya Raman."""
        owner = owner or await self.staff("Dana Whitfield", Role.PROCUREMENT)
        proposed = await self.do(
            ProposeSupplier(
                details=SupplierDetails(name=supplier, country="DE"),
                contact=ContactDetails(name="Priya Raman", email="priya@northwind.example"),
                owner=owner,
                sanctions_clean=True,
            )
        )
        source = await self.do(
            RegisterDataSource(supplier_id=proposed.supplier_id, details=SourceDetails(name="News corpus"))
        )
        use = await self.do(
            DescribeUse(
                subject_id=source.source_id,
                subject_kind=SubjectKind.DATA_SOURCE,
                title="Sorting incoming invoices",
                intake=Intake(facts=FACTS, factors={factor.value: 2 for factor in Factor}),
                classification=classify(SCREENING),
            )
        )
        opened = await self.do(OpenAssessment(use_id=use.use_id), Actor(id=owner, roles=frozenset({Role.PROCUREMENT})))
        await self.do(SendQuestionnaire(assessment_id=opened.assessment_id))
        await self.do(NoteQuestionnaireSent(assessment_id=opened.assessment_id, link=1, letter="l"))
        return opened.assessment_id

    def link(self, assessment_id: UUID, generation: int = 1) -> str:
        return f"/answer/{self.links.token(assessment_id, generation)}"

    async def assessment(self, assessment_id: UUID) -> Assessment:
        return await self.office.load(Assessment, assessment_id)

    async def begun(self, assessment_id: UUID) -> Actor:
        """The vendor has begun; whoever that is."""
        vendor = Actor(id=(await self.assessment(assessment_id)).contact, kind="vendor")
        await self.do(BeginAnswering(assessment_id=assessment_id, link=1), vendor)
        return vendor

    async def fill_in(self, assessment_id: UUID) -> None:
        """Answer everything that is required, well."""
        assessment = await self.assessment(assessment_id)
        vendor = Actor(id=assessment.contact, kind="vendor")
        while gaps := missing(questionnaire_of(assessment, library()), assessment.facts, assessment.values):
            question = gaps[0]
            if question.type is AnswerType.FILE:
                await self.do(
                    AttachEvidence(
                        assessment_id=assessment_id, question=question.id, filename="card.pdf",
                        media_type="application/pdf", size=10, sha256="0" * 64,
                    ),
                    vendor,
                )  # fmt: skip
            else:
                value = best(question)
                await self.do(
                    RecordAnswer(assessment_id=assessment_id, question=question.id, value=value, seen=0), vendor
                )
            assessment = await self.assessment(assessment_id)

    def pass_time(self, **time: float) -> None:
        self.clock.move(timedelta(**time))
