"""What stands in the way of asking a supplier, and where it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from projections.dossier import UseEntry
from suppliers.assessment import FINISHED, Assessment, AssessmentState
from suppliers.eu_ai_act import EuClass
from suppliers.supplier import OPEN, Standing, Supplier
from web.dates import Calendar


class Hurdle(NamedTuple):
    """A sentence, and the page on which it is put right."""

    sentence: str
    link: str
    href: str


def of_supplier(supplier: Supplier) -> Iterator[Hurdle]:
    """What has to be done about the supplier first."""
    here = f"/suppliers/{supplier.id}"
    if supplier.standing is Standing.PROPOSED:
        yield Hurdle("The supplier is only proposed. Start its onboarding first.", "Start onboarding",
                     f"{here}/do/start")  # fmt: skip
    elif supplier.standing not in OPEN:
        word = supplier.standing.value.replace("_", " ")
        yield Hurdle(f"The supplier is {word}: nothing is asked of it any more.", "See the supplier", here)
    if supplier.contact is None:
        yield Hurdle("Nobody is named there who could answer.", "Name a contact", f"{here}/do/contact")


def of_use(use: UseEntry, here: str) -> Iterator[Hurdle]:
    """What has to be done about the use first."""
    if use.classification is not None and use.classification.eu_class is EuClass.PROHIBITED:
        yield Hurdle("This use is a prohibited practice under Article 5 of the EU AI Act. It cannot go further.",
                     "See the intake", f"{here}/uses/{use.id}/intake")  # fmt: skip
    elif use.intake is None or use.tier is None:
        yield Hurdle("Its intake is missing, and the intake decides what is asked.", "Answer the intake",
                     f"{here}/uses/{use.id}/intake")  # fmt: skip


def of_sending(round: Assessment, today: date) -> Iterator[Hurdle]:
    """Why a round cannot be sent (again)."""
    here = f"/assessments/{round.id}"
    if round.state in FINISHED:
        yield Hurdle("This assessment has ended.", "See it", here)
    elif round.state is not AssessmentState.OPENED:
        yield Hurdle("The questionnaire was already sent.", "See how far it is", here)
    elif round.due_on <= today:
        yield Hurdle("Its due date has passed. Withdraw it and open a new one.", "Withdraw it", f"{here}/do/withdraw")


def of_running(round: Assessment, who: str) -> Hurdle:
    """One round about a use at a time."""
    due = Calendar().date(round.due_on)
    return Hurdle(f"{who} is being asked about this use already, due on {due}.", "See that assessment",
                  f"/assessments/{round.id}")  # fmt: skip
