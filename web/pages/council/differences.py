"""How two packs differ, as lines of a small table."""

from __future__ import annotations

from typing import NamedTuple

from suppliers.review import Pack
from web.words import words


class Difference(NamedTuple):
    what: str
    before: str
    after: str


def differences(before: Pack, after: Pack) -> list[Difference]:
    """Only what a council would notice."""
    pairs = (
        Difference("Band", words(before.band), words(after.band)),
        Difference("Residual risk", f"{before.residual:.1f}", f"{after.residual:.1f}"),
        Difference("Confidence", f"{before.confidence:.0%}", f"{after.confidence:.0%}"),
        Difference("Tier", str(before.tier), str(after.tier)),
        Difference("Open knock-outs", str(len(before.knock_outs)), str(len(after.knock_outs))),
        Difference("Policy", before.policy, after.policy),
        Difference("Answers from", before.questionnaire or "none", after.questionnaire or "none"),
    )
    return [each for each in pairs if each.before != each.after]
