"""Fourth part: answers are reviewed, the posture has its reasons, and the council decides, but not whoever asked."""

from __future__ import annotations

import re

from suppliers.attestation_rules import reminder_dates
from tests.stories.answering import CAREFUL, WORRYING
from tests.stories.asking import Round
from tests.stories.browser import Browser, Page
from tests.stories.buying import PRIYA, Bought, Cast, mail_of
from tests.stories.house import House, eventually, shown
from tests.stories.mails import mailed, text_of

SCORE = re.compile(r"Residual score.*?(\d+\.\d) ")
POINTS = re.compile(r"[-+−]\d+\.\d")


async def review(home: House, people: Cast, bought: Bought, round: Round) -> None:
    before = _scored(await _reading(people.dana, bought))
    await _attest(home, people, bought)
    rita = await people.sign_in("rita")
    await _judge(home, rita, round)
    page = await rita.send(await rita.open(f"{round.page}/do/close"), "", summary="Sound, but terms may change.")
    page.says("The review is closed")
    await home.happened("Assessment.Closed")
    await eventually(lambda: _reading(rita, bought), lambda page: _scored(page) != before, "rated anew")
    page = await _reading(rita, bought)
    page.says("Why this rating", "Would bring it down", "Would push it up", "May it be approved?")
    assert "Nothing was asked yet" not in page.text
    _reasons_in_order_of_weight(page)


def _reasons_in_order_of_weight(page: Page) -> None:
    """From where it starts to where it ends, the heaviest first."""
    table = page.response.text.split('<table class="waterfall">')[1].split("</table>")[0]
    points = [abs(float(found.replace("−", "-").replace("+", ""))) for found in POINTS.findall(table)]
    assert points and points == sorted(points, reverse=True), points


async def _judge(home: House, rita: Browser, round: Round) -> None:
    """One flag is cleared, one stands; what no rule can score gets its score by hand; the rest is accepted."""
    page = await rita.open(round.page)
    await rita.send(page, page.one(lambda form: f"/flags/{CAREFUL}" in form.action, "clear"), reason="Told by mail")
    weak = page.one(lambda form: form.action.endswith(f"/answers/{WORRYING}") and "reason" in form.offered, "judge")
    await rita.send(page, weak, verdict="weak", reason="Terms may change with a month's notice")
    await rita.send(await rita.open(round.page), "/accept-remaining")
    page = await rita.open(f"{round.page}?show=open")
    for form in [form for form in page.forms if "score" in form.offered]:
        await rita.send(page, form, verdict="accepted", score="0.75", reason="Plausible, with sources")
    facts = await home.facts()
    assert facts.count("Assessment.FlagRaised") > facts.count("Assessment.FlagCleared") == 1


async def _attest(home: House, people: Cast, bought: Bought) -> None:
    """Dana takes in what the vendor attests; somebody else verifies it."""
    dana, page = people.dana, await people.dana.open(f"{bought.supplier}/attestations/new")
    document = {"issuer": "Red Team GmbH", "valid_from": home.in_days(0), "valid_until": home.in_days(60)}
    await dana.send(page, "", type="pentest", subject_id=bought.model, **document)
    leo = await people.sign_in("leo")
    page = await shown(leo, f"{bought.supplier}/attestations", "Red Team GmbH")
    form = await leo.open(page.link("Verify"))
    page = await leo.send(form, "", how="Called the testers", covers="yes", opinion="clean")
    page.says("The attestation is verified")
    assert reminder_dates(home.today, home.today)  # the rules know when to ask for the next one


async def decide(home: House, people: Cast, bought: Bought, round: Round) -> str:
    """The requester tables it and may not decide, though she has a seat; legal does."""
    dana, leo = people.dana, people.leo
    page = await dana.open(f"/council/new?use={bought.use}")
    page = (await dana.send(page, "/council/new")).says("It is on the docket")
    here = page.path
    page = await shown(dana, here, "You cannot decide this")
    await _refused_to_the_requester(home, dana, page)
    page = await leo.open(here)
    form = page.form(here)
    page = await leo.send(
        page,
        form,
        outcome="approve_with_conditions",
        reasons="Good answers; the terms are the weak point.",
        valid_until=home.in_days(100),
        **{"text-0": "Fix the terms by contract", "due-0": home.in_days(30)},
        **{"owner-0": form.labels["owner-0", "Dana Whitfield"]},
    )
    page.says("The decision is recorded")
    await shown(leo, here, "Good answers; the terms are the weak point.")
    letter = text_of(await mailed(home.sink, PRIYA, "has decided about Extract 2: approved with conditions"))
    assert "Fix the terms by contract" in letter and "weak point" not in letter, "the council's reasons stay inside"
    letter = text_of(await mailed(home.sink, mail_of("dana"), "Decision on Extract 2"))
    assert "Good answers; the terms are the weak point." in letter
    await shown(leo, bought.supplier, "Approved with conditions")
    return here


async def _refused_to_the_requester(home: House, dana: Browser, page: Page) -> None:
    """Not only has she no form: the order itself is refused."""
    before, csrf = await home.facts(), page.form("/sign-out").filled()["csrf"]
    forged = {"csrf": csrf, "outcome": "approve", "reasons": "I want it", "rows": "1"}
    answer = await dana.client.post(page.path, data=forged, headers={"Origin": dana.base_url})
    assert answer.status_code == 403, answer.text
    assert await home.facts() == before


async def _reading(browser: Browser, bought: Bought) -> Page:
    """The supplier's page with the reasons for this use."""
    return await browser.open(f"{bought.supplier}?use={bought.use}")


def _scored(page: Page) -> str:
    found = SCORE.search(page.text)
    assert found, page.text
    return found[1]
