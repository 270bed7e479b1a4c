"""When there is nothing left to answer, or this link is not the one: what happened, and whom to ask."""

from __future__ import annotations

from datetime import datetime
from gettext import gettext as _

from suppliers.assessment import Assessment, AssessmentState
from suppliers.errors import NoSuchRecord
from suppliers.ports import Office
from web.answer.about import Human, about
from web.refusals import Answered


class LinkOver(Answered):
    """This link no longer works."""

    status = 410

    def __init__(self, sentence: str, advice: str) -> None:
        super().__init__()
        self.advice = advice
        self._said = sentence

    @property
    def sentence(self) -> str:
        return self._said


def ended(assessment: Assessment, company: str, *, at: datetime) -> str:
    """Why nobody can look at these questions any more; empty while somebody can."""
    if assessment.state is AssessmentState.WITHDRAWN:
        return _("%(company)s no longer needs these answers. There is nothing left for you to do.") % {
            "company": company
        }
    if assessment.state is AssessmentState.LAPSED:
        return _("The time to answer has passed, and these questions were closed without an answer.")
    if assessment.link_expires_at is None:
        return _("This link was switched off.")
    if at >= assessment.link_expires_at:
        return _("This link has expired.")
    return ""


async def refuse_ended(office: Office, assessment: Assessment, company: str, *, at: datetime) -> None:
    """Stop when nobody can look at these questions any more."""
    if sentence := ended(assessment, company, at=at):
        raise LinkOver(sentence, await advice(office, assessment))


async def refuse_link(office: Office, assessment: Assessment, link: int, company: str, *, at: datetime) -> None:
    """Stop when this link opens nothing."""
    await refuse_ended(office, assessment, company, at=at)
    if link != assessment.link:
        sentence = _("A newer link was mailed after this one. Use the one in our latest mail; what you saved is there.")
        raise LinkOver(sentence, await advice(office, assessment))


async def advice(office: Office, assessment: Assessment) -> str:
    """Whom to ask, by name."""
    try:
        human = (await about(office, assessment)).human
    except NoSuchRecord:
        human = None
    return asking(human)


def asking(human: Human | None) -> str:
    if human is None:
        return _("If you did not expect this, reply to the mail that brought you here.")
    return _("If you did not expect this, ask %(name)s: %(email)s.") % {"name": human.name, "email": human.email}
