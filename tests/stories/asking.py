"""Second part: the questions are prepared, looked at and mailed; a mail scanner looks at the link before the vendor."""

from __future__ import annotations

from dataclasses import dataclass

from tests.stories.buying import PRIYA, Bought, Cast, mail_of
from tests.stories.house import House, shown
from tests.stories.mails import link_in, mailed, text_of

INVITATION = "asks about Extract 2"
MESSAGE = "Please mind section 3; it is new."


@dataclass(frozen=True, kw_only=True)
class Round:
    """A questionnaire on its way."""

    page: str
    """Where staff find it."""
    link: str
    """Where the vendor does."""

    @property
    def vendors(self) -> str:
        return self.page.replace("/assessments/", "/answers/")


async def ask(home: House, people: Cast, bought: Bought, *, round: int = 1) -> Round:
    dana = people.dana
    choice = await shown(dana, f"{bought.supplier}/assessments/new?use={bought.use}", "Priya Raman")
    preview = await dana.send(choice, "")
    preview.says(PRIYA, f"Meridian Bank {INVITATION}")
    here = preview.path.removesuffix("/send")
    preview = await dana.send(preview, "/send", to=f"{here}/send/preview", message=MESSAGE)
    preview.says(MESSAGE)
    letter = await dana.open(f"{here}/send/letter")
    letter.says("Extract 2")
    (await dana.send(preview, "/send", message=MESSAGE)).says("The invitation is on its way")
    mail = await mailed(home.sink, PRIYA, INVITATION, known=round - 1)
    assert MESSAGE in text_of(mail)
    assert mail_of("dana") in str(mail["Reply-To"])
    await home.happened("Assessment.QuestionnaireSent", round)
    link = link_in(mail)
    await _scanned(home, link)
    return Round(page=here, link=link)


async def _scanned(home: House, link: str) -> None:
    """GET and HEAD by a machine change nothing, however often."""
    before, facts = await home.rows(), await home.facts()
    async with home.browser() as scanner:
        for _ in range(3):
            assert (await scanner.client.head(link)).status_code == 200
            (await scanner.open(link)).says("Send me a code", "Extract 2")
    assert (await home.rows(), await home.facts()) == (before, facts)
