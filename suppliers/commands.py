"""All orders the domain takes, in one table."""

from __future__ import annotations

from suppliers import answering, assurance, diligence, governance, intake, inventory, onboarding, people
from suppliers.policy import ScoringPolicy
from suppliers.ports import Handlers
from suppliers.questionnaires.library import Library


def handlers(policy: ScoringPolicy, library: Library) -> Handlers:
    """Command -> handler, with the policy and the questionnaires that handlers decide by."""
    return {
        **onboarding.HANDLERS,
        **inventory.HANDLERS,
        **people.HANDLERS,
        **intake.handlers(policy),
        **diligence.handlers(policy, library),
        **answering.handlers(library),
        **assurance.handlers(policy),
        **governance.handlers(policy),
    }
