"""Every letter we send, one typed function each."""

from notifications.letters.attestations import (
    Audience,
    attestation_lapsed,
    attestation_renewal_due,
    attestation_renewal_escalated,
)
from notifications.letters.codes import sign_in_code, vendor_code
from notifications.letters.decisions import Condition, Verdict, decision_reached, decision_recorded
from notifications.letters.digests import Renewal, renewal_digest
from notifications.letters.heads import tree_head
from notifications.letters.owners import answers_received, unresponsive_escalation
from notifications.letters.questionnaires import (
    Clarification,
    assessment_withdrawn,
    deadline_extended,
    questionnaire_invitation,
    returned_for_clarification,
    submission_receipt,
)
from notifications.letters.reminders import SectionLeft, Urgency, questionnaire_reminder, urgency_on

__all__ = [
    "Audience",
    "Clarification",
    "Condition",
    "Renewal",
    "SectionLeft",
    "Urgency",
    "Verdict",
    "answers_received",
    "assessment_withdrawn",
    "attestation_lapsed",
    "attestation_renewal_due",
    "attestation_renewal_escalated",
    "deadline_extended",
    "decision_reached",
    "decision_recorded",
    "questionnaire_invitation",
    "questionnaire_reminder",
    "renewal_digest",
    "returned_for_clarification",
    "sign_in_code",
    "submission_receipt",
    "tree_head",
    "unresponsive_escalation",
    "urgency_on",
    "vendor_code",
]
