"""The answers of a round by section, one's own seat's sections first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from suppliers.assessment import Assessment, AssessmentState
from suppliers.entitlement import REVIEWERS
from suppliers.ports import Actor
from suppliers.questionnaires import Questionnaire, Section, asked
from web.pages.assessments.whole import Whole
from web.pages.reviewing.item import Item, item_of

SHOWS = ("open", "flagged", "mine", "all")


@dataclass(frozen=True)
class Chapter:
    """A section; `first_of_domain` carries the anchor to which a posture's reasons lead."""

    section: Section
    items: Sequence[Item]
    shown: Sequence[Item]
    mine: bool
    first_of_domain: bool

    @property
    def to_review(self) -> int:
        return sum(item.to_review for item in self.items)


@dataclass(frozen=True)
class Sheet:
    """`reviewing` says whether this person can judge now."""

    chapters: Sequence[Chapter]
    show: str
    reviewing: bool
    seated: bool

    @cached_property
    def items(self) -> list[Item]:
        return [item for chapter in self.chapters for item in chapter.items]

    @property
    def counts(self) -> dict[str, int]:
        return {
            "all": len(self.items),
            "open": sum(item.to_review for item in self.items),
            "flagged": sum(bool(item.flags) for item in self.items),
            "mine": sum(len(chapter.items) for chapter in self.chapters if chapter.mine),
        }

    @property
    def answered(self) -> int:
        return sum(item.answered for item in self.items)

    @property
    def judged(self) -> int:
        return sum(item.answered and item.review is not None for item in self.items)

    @property
    def easy(self) -> int:
        """How many can be accepted in one go: those nobody judged and that need no score."""
        return sum(item.to_review and not item.scored_by_hand for item in self.items)


def sheet_of(whole: Whole, actor: Actor, show: str) -> Sheet:
    chosen = show if show in SHOWS else "all"
    open_now = whole.past is None and whole.round.state is AssessmentState.SUBMITTED
    reviewing = open_now and actor.holds(*REVIEWERS)
    chapters = _chapters(whole.questionnaire, whole.round, actor, chosen)
    chapters.sort(key=lambda chapter: not chapter.mine)
    return Sheet(chapters, chosen, reviewing, bool(actor.seats))


def _chapters(questionnaire: Questionnaire, round: Assessment, actor: Actor, show: str) -> list[Chapter]:
    questions = asked(questionnaire, round.facts, round.values)
    found: list[Chapter] = []
    domains = set()
    for section in questionnaire.sections:
        items = [item_of(round, each, section) for each in questions if each.section == section.id]
        if items:
            mine = section.council_seat in {seat.value for seat in actor.seats}
            shown = [item for item in items if _shows(item, show, mine)]
            found.append(Chapter(section, items, shown, mine, section.risk_domain not in domains))
            domains.add(section.risk_domain)
    return found


def _shows(item: Item, show: str, mine: bool) -> bool:
    return {"all": True, "open": item.to_review, "flagged": bool(item.flags), "mine": mine}[show]
