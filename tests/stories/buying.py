"""First part: people get access, a supplier, a model, a data source and uses of both are taken in."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.stories.browser import Browser, Page
from tests.stories.house import House, shown

PRIYA = "priya@northwind.example"
NAMES = {"ada": "Ada Admin", "dana": "Dana Whitfield", "rita": "Rita Risk", "leo": "Leo Legal"}
ROLES = {"dana": ["procurement", "product"], "rita": ["risk_manager", "security"], "leo": ["legal"]}
"""Dana sits in the council, too: not for want of a seat she may not decide about what she asked for herself."""


@dataclass
class Cast:
    """Everybody's browser."""

    home: House
    browsers: dict[str, Browser] = field(default_factory=dict)

    async def sign_in(self, who: str) -> Browser:
        """Now; sessions do not live through the months of this story."""
        browser = self.browsers.setdefault(who, self.home.browser())
        browser.client.cookies.clear()
        page = await self.home.sign_in(browser, mail_of(who))
        page.says(NAMES[who])
        return browser

    def __getattr__(self, who: str) -> Browser:
        return self.browsers[who]


@dataclass(frozen=True, kw_only=True)
class Bought:
    """Where things are found."""

    supplier: str
    model: str
    use: str


def mail_of(who: str) -> str:
    return f"{who}@meridian.example"


async def cast(home: House) -> Cast:
    """The administrator is there from the beginning and lets the others in."""
    people = Cast(home)
    await home.administrator(NAMES["ada"], mail_of("ada"))
    ada = await people.sign_in("ada")
    for who, roles in ROLES.items():
        form = await ada.open("/people/new")
        await ada.send(form, "/people/new", name=NAMES[who], email=mail_of(who), roles=roles)
        await shown(ada, "/people", NAMES[who])
    return people


async def buy(home: House, people: Cast) -> Bought:
    """Procurement takes in the supplier, what it sells, and what we want it for."""
    dana = await people.sign_in("dana")
    form = await dana.open("/suppliers/new")
    page = await dana.send(
        form,
        "/suppliers/new",
        name="Northwind Cognition",
        country="DE",
        website="https://northwind.example",
        contact_name="Priya Raman",
        contact_email=PRIYA,
        sanctions="clean",
        sanctions_note="EU and OFAC lists of today",
    )
    supplier = page.path.removesuffix("/subjects/new")
    page = await dana.send(
        page,
        "/subjects/new",
        name="Extract 2",
        version="2.1",
        supply_kind="model_api",
        hosting_region="EU (Frankfurt)",
        trains_on_our_data="never",
    )
    model = page.path.rsplit("subject=", 1)[1]
    page = await _describe(dana, page, title="Reading claims documents", facts=MODEL_FACTS, score="2")
    page.says("The use is described")
    await _buy_data(dana, supplier)
    use = await _use_of(dana, supplier)
    await shown(dana, supplier, "Northwind Cognition", "Onboarding")
    return Bought(supplier=supplier, model=model, use=use)


MODEL_FACTS: dict[str, str | list[str]] = {
    "data_classes": ["internal", "confidential"],
    "agentic": "no",
    "generates_content": "yes",
    "customer_facing": "no",
    "gpai": "yes",
    "customised": "no",
    "hosting": "vendor_saas",
}


async def _describe(dana: Browser, page: Page, *, title: str, facts: dict[str, str | list[str]], score: str) -> Page:
    """The same score for every factor; the EU AI Act asks for little."""
    form = page.form("/uses/new")
    factors = {name: score for name in form.offered if name.startswith("factor_")}
    screening = {
        "in_scope": "yes",
        "prohibited_practice": "no",
        "annex_i_with_third_party_assessment": "no",
        "annex_iii_area": "no",
        "profiles_people": "no",
    }
    known = {"eu_nexus": "yes", "affects_people": "no", "financial_entity": "yes", "our_role": "deployer"}
    return await dana.send(
        page, form, title=title, purpose="Claims staff check what it reads.", **factors, **screening, **known, **facts
    )


async def _buy_data(dana: Browser, supplier: str) -> None:
    page = await dana.open(f"{supplier}/subjects/new?kind=data_source")
    page = await dana.send(page, "/subjects/new", name="News corpus", personal_data="no", licence="One year, EU")
    facts: dict[str, str | list[str]] = {"data_classes": ["public"], "data_use": ["evaluation"]}
    await _describe(dana, page, title="Testing what it reads", facts=facts, score="0")
    known = ("Extract 2", "News corpus", "Reading claims documents", "Testing what it reads")
    await shown(dana, f"{supplier}/inventory", *known)


async def _use_of(dana: Browser, supplier: str) -> str:
    """The id of the model's use, from the page that asks what the questions are about."""
    page = await shown(dana, f"{supplier}/assessments/new", "Reading claims documents")
    return page.link("Reading claims documents").rsplit("use=", 1)[1]
