"""All orders the domain takes, in one table."""

from __future__ import annotations

from suppliers import answering, assurance, diligence, governance, intake, inventory, onboarding, people
from suppliers.attestation_rules import AttestationRules
from suppliers.policy import ScoringPolicy
from suppliers.ports import Handlers
from suppliers.questionnaires.library import Library


def handlers(policy: ScoringPolicy, library: Library, rules: AttestationRules) -> Handlers:
    """Command -> handler, with the policy, the questionnaires and the attestation rules that handlers decide by."""
    return {
        **onboarding.HANDLERS,
        **inventory.HANDLERS,
        **people.HANDLERS,
        **intake.handlers(policy),
        **diligence.handlers(policy, library),
        **answering.handlers(library),
        **assurance.handlers(rules),
        **governance.handlers(policy),
    }
