"""The application with every view, people of every role, and a small portfolio made through the office."""

from __future__ import annotations

from uuid import UUID

import asyncpg
import httpx

from clock import MovableClock
from projections.all import VIEWS
from projections.projector import Projector
from story import FACTS
from suppliers.eu_ai_act import Classification, EuClass, classify
from suppliers.factors import Factor
from suppliers.intake import DescribeUse
from suppliers.inventory import RegisterVendorModel
from suppliers.onboarding import ContactDetails, ProposeSupplier
from suppliers.ports import Actor, Role
from suppliers.supplier import SupplierDetails
from suppliers.use import Intake, SubjectKind
from suppliers.vendor_model import ModelDetails
from tests.web.forms_of import hidden
from tests.web.stage import SCREENING, Stage


class House(Stage):
    """A stage on which pages are tried; `erased` collects whom the key was deleted of."""

    def __init__(self, pool: asyncpg.Pool, clock: MovableClock, *, base_url: str = "https://risk.example") -> None:
        super().__init__(pool, clock, base_url=base_url)
        self.projector = Projector(self.projector._feed, pool, VIEWS)
        self.erased: list[UUID] = []
        object.__setattr__(self.services, "erase", self._erase)

    async def _erase(self, person_id: UUID) -> None:
        self.erased.append(person_id)

    async def enter(self, name: str, *roles: Role) -> Visitor:
        """A new member of staff, signed in."""
        person = await self.staff(name, *roles)
        browser = self.browser()
        page = await browser.get("/sign-in")
        email = f"{name.split()[0].lower()}@meridian.example"
        await browser.post("/sign-in", data={**hidden(page, "/sign-in"), "email": email})
        page = await browser.get("/sign-in/code")
        code = await self.letters.newest()
        await browser.post("/sign-in/code", data={**hidden(page, "/sign-in/code"), "code": code})
        return Visitor(browser, Actor(id=person, roles=frozenset(roles)))

    async def supplier(self, name: str = "Northwind Cognition", *, by: Actor, owner: UUID | None = None) -> UUID:
        """In onboarding when it has an owner, else proposed and bare."""
        made = ProposeSupplier(
            details=SupplierDetails(name=name, country="DE", website=f"https://{name.split()[0].lower()}.example"),
            contact=ContactDetails(name="Priya Raman", email="priya@northwind.example") if owner else None,
            owner=owner,
            sanctions_clean=owner is not None,
        )
        await self.do(made, by)
        await self.projector.catch_up()
        return made.supplier_id

    async def use(
        self, supplier_id: UUID, *, by: Actor, score: int = 2, title: str = "Reading claims documents",
        classed: Classification | None = None,
    ) -> UUID:  # fmt: skip
        """A rated use of a model."""
        model = RegisterVendorModel(
            supplier_id=supplier_id, details=ModelDetails(name="Extract 2", version="2.1", hosting_region="EU")
        )
        await self.do(model, by)
        use = DescribeUse(
            subject_id=model.model_id,
            subject_kind=SubjectKind.VENDOR_MODEL,
            title=title,
            intake=Intake(facts=FACTS, factors={factor.value: score for factor in Factor}),
            classification=classed or classify(SCREENING),
        )
        await self.do(use, by)
        await self.projector.catch_up()
        return use.use_id


PROHIBITED = Classification(eu_class=EuClass.PROHIBITED, reason="A practice that Article 5 prohibits.")


class Visitor:
    """Someone signed in, with a browser."""

    def __init__(self, browser: httpx.AsyncClient, actor: Actor) -> None:
        self.browser, self.actor = browser, actor

    @property
    def id(self) -> UUID:
        return self.actor.id

    async def sees(self, path: str, status: int = 200) -> str:
        """The text of a page."""
        answer = await self.browser.get(path)
        assert answer.status_code == status, (
            answer.status_code,
            path,
            answer.headers.get("location"),
            answer.text[-900:],
        )
        return answer.text

    async def opens(self, path: str) -> httpx.Response:
        """A page with a form in it."""
        answer = await self.browser.get(path)
        assert answer.status_code == 200, (answer.status_code, path, answer.text[-900:])
        return answer

    async def sends(self, page: httpx.Response, action: str, form: str = "", **fields: object) -> httpx.Response:
        """The form of a page, filled in and sent as the browser would; `form` names it when it is sent elsewhere."""
        found = hidden(page, form or action)
        return await self.browser.post(action, data={**found, **fields})
