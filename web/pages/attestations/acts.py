"""What can be done about an attestation, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from suppliers import assurance
from suppliers.attestation import IN_FORCE, AttestationState, Coverage, Document, Opinion
from suppliers.entitlement import BUYERS, REVIEWERS, WORKING_STAFF
from suppliers.ports import Actor
from web.pages.asks import HAPPENED, REASON, Ask, Field, as_date
from web.pages.given import Given

COVERS = (
    (Coverage.YES.value, "Yes"),
    (Coverage.PARTLY.value, "Partly"),
    (Coverage.NO.value, "No"),
)
OPINIONS = (
    (Opinion.NOT_APPLICABLE.value, "Gives none"),
    (Opinion.CLEAN.value, "Clean"),
    (Opinion.QUALIFIED.value, "Qualified"),
    (Opinion.ADVERSE.value, "Adverse"),
)
DOCUMENT = (
    Field(name="issuer", label="Issued by", missing="Say who issued it."),
    Field(name="scope", label="What it covers", kind="textarea", required=False),
    Field(name="valid_from", label="First day of validity", kind="date", missing="Give its first day of validity."),
    Field(name="valid_until", label="Last day of validity", kind="date", required=False,
          hint="Empty: the default for its type. An earlier end by its type's rules counts."),
    Field(name="filename", label="Where the document lies", required=False,
          hint="A file name or reference by which a colleague finds it."),
)  # fmt: skip
GIVE = (
    Field(name="type", label="Type", kind="select", offers="types", missing="Choose its type."),
    Field(name="subject_id", label="About", kind="select", offers="subjects", required=False,
          hint="The supplier as a whole, or one model or data source."),
    *DOCUMENT,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class AttestationAct(Ask):
    """Something to do about an attestation; `within` are the states in which it makes sense."""

    within: frozenset[AttestationState]


def document(given: Given) -> Document:
    """A document from a form that was found complete."""
    return Document(
        issuer=given.one("issuer"),
        scope=given.one("scope"),
        valid_from=as_date(given.one("valid_from")) or date.min,
        valid_until=as_date(given.one("valid_until")),
        filename=given.one("filename"),
    )


ACTS: tuple[AttestationAct, ...] = (
    AttestationAct(key="verify", link="Verify", title="Verify this attestation", roles=REVIEWERS,
        within=frozenset({AttestationState.GIVEN}), lead="Whoever added it cannot verify it.", button="Verify",
        fields=(Field(name="how", label="How it was checked", kind="textarea",
                      hint="Looked up in the issuer's register, code scanned, issuer called.",
                      missing="Say how it was checked."),
                Field(name="covers", label="Does it cover what we use?", kind="radio", options=COVERS,
                      missing="Say whether it covers what we use."),
                Field(name="opinion", label="The issuer's opinion", kind="radio", options=OPINIONS,
                      missing="Choose the issuer's opinion.")),
        done="The attestation is verified.", order=lambda given, id: assurance.VerifyAttestation(
            attestation_id=id, how=given.one("how"), covers=Coverage(given.one("covers")),
            opinion=Opinion(given.one("opinion")))),
    AttestationAct(key="reject", link="Reject", title="Reject this attestation", roles=REVIEWERS, within=IN_FORCE,
        danger=True, fields=(REASON,), button="Reject", lead="It does not prove what it should.",
        done="The attestation is rejected.",
        order=lambda given, id: assurance.RejectAttestation(attestation_id=id, reason=given.one("reason"))),
    AttestationAct(key="renew", link="Renew", title="Put a newer document in its place", roles=WORKING_STAFF,
        within=IN_FORCE | {AttestationState.LAPSED}, fields=DOCUMENT, button="Renew",
        lead="It has to be verified again.", done="The attestation is renewed; it waits to be verified.",
        order=lambda given, id: assurance.RenewAttestation(attestation_id=id, document=document(given))),
    AttestationAct(key="revoke", link="Revoke", title="Issuer or supplier took it back", roles=BUYERS | REVIEWERS,
        within=IN_FORCE, danger=True, fields=(REASON, HAPPENED), button="Revoke",
        lead="It counts as expired at once.", done="The attestation is revoked.",
        order=lambda given, id: assurance.RevokeAttestation(
            attestation_id=id, reason=given.one("reason"), happened_on=as_date(given.one("happened_on")))),
)  # fmt: skip


def possible(state: AttestationState, actor: Actor) -> list[AttestationAct]:
    """What this person can do about an attestation in this state."""
    return [act for act in ACTS if state in act.within and act.allows(actor)]
