"""What comes next for a supplier, so that nobody has to know the life cycle by heart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from projections.dossier import UseEntry
from suppliers.entitlement import BUYERS, REVIEWERS, WORKING_STAFF
from suppliers.ports import Actor, Role
from suppliers.supplier import Standing
from suppliers.use import UseState
from web.pages.supplier.file import File

ENDED = frozenset({Standing.DECLINED, Standing.OFFBOARDED})
COUNCIL = "Take it to the council"
SANCTIONS = BUYERS | {Role.LEGAL}
DECIDERS = BUYERS | REVIEWERS


@dataclass(frozen=True)
class NextStep:
    """What to do, where, and why."""

    text: str
    href: str
    link: str
    roles: frozenset[Role] = BUYERS

    def may(self, actor: Actor) -> bool:
        """Whether this person can do it."""
        return bool(self.roles & actor.roles)


def next_steps(file: File) -> list[NextStep]:
    """Everything that waits, the most pressing first."""
    if file.line.standing in ENDED:
        return []
    return [*_relationship(file), *_inventory(file), *(step for use in file.active_uses for step in _use(file, use))]


def _relationship(file: File) -> Iterator[NextStep]:
    line, do, council = file.line, f"{file.here}/do", _council(file)
    if line.standing is Standing.SUSPENDED and line.ratify_by:
        yield NextStep("The council has to ratify the suspension, or it lapses.", council, COUNCIL, DECIDERS)
    if line.standing is Standing.OFFBOARDING:
        yield NextStep(
            "Remove every access and have our data returned or deleted.", f"{do}/end", "Complete offboarding"
        )
    if line.owner is None:
        yield NextStep("Nobody here owns the relationship.", f"{do}/owner", "Assign an owner")
    if line.contact is None:
        yield NextStep("We do not know whom to write to.", f"{do}/contact", "Name a contact")
    if line.sanctions_clean is None:
        yield NextStep("The sanctions check is missing.", f"{do}/sanctions", "Record a sanctions check", SANCTIONS)
    if line.sanctions_clean is False:
        yield NextStep("The sanctions check was not clean.", f"{do}/sanctions", "Check again", SANCTIONS)
    if line.standing is Standing.PROPOSED and line.owner and line.contact and line.sanctions_clean:
        yield NextStep("Due diligence can begin.", f"{do}/start", "Start onboarding")


def _inventory(file: File) -> Iterator[NextStep]:
    live = [each for each in file.subjects if not each.retired]
    if not live:
        yield NextStep(
            "Next: say what we buy.", f"{file.here}/subjects/new", "Add a model or data source", WORKING_STAFF
        )
    used = {use.subject_id for use in file.dossier.uses.values()}
    for each in live:
        if each.entry.id not in used:
            href = f"{file.here}/uses/new?kind={each.kind}&subject={each.entry.id}"
            yield NextStep(f"Next: say what we use {each.entry.name} for.", href, "Describe a use", WORKING_STAFF)


def _use(file: File, use: UseEntry) -> Iterator[NextStep]:
    here, round_of = f"{file.here}/uses/{use.id}", f"/assessments/{use.assessment_id}"
    ask = f"{file.here}/assessments/new?use={use.id}"
    if use.to_confirm:
        text = f"Legal has to confirm the EU AI Act class of {use.title}."
        yield NextStep(text, f"{here}/do/confirm", "Confirm the class", frozenset({Role.LEGAL}))
    match use.state:
        case UseState.DESCRIBED:
            yield NextStep(
                f"The intake of {use.title} is missing.", f"{here}/intake", "Answer the intake", WORKING_STAFF
            )
        case UseState.INTAKE_COMPLETE if file.line.standing is not Standing.PROPOSED and use.tier is not None:
            yield NextStep(f"Ask the supplier about {use.title}.", ask, "Open an assessment")
        case UseState.IN_ASSESSMENT:
            yield NextStep(f"{use.title} is being assessed.", round_of, "See the assessment", frozenset(Role))
        case UseState.READY:
            yield NextStep(f"{use.title} is ready for a decision.", f"/council/new?use={use.id}", COUNCIL, DECIDERS)
        case UseState.UNDER_REVIEW:
            yield NextStep(f"The approval of {use.title} no longer holds.", ask, "Open a new assessment")


def _council(file: File) -> str:
    """Where a question about the supplier as a whole is tabled: by its worst use."""
    worst = file.worst
    return f"/council/new?use={worst.id}" if worst else "/council"
