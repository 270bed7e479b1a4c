"""What can be done about a supplier, in which standing, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suppliers import onboarding
from suppliers.entitlement import BUYERS, RISK
from suppliers.onboarding import SUSPENDERS, ContactDetails
from suppliers.ports import SEATS, Actor, Role
from suppliers.supplier import IN_SERVICE, OPEN, Standing, SupplierDetails
from web.pages.asks import HAPPENED, REASON, Ask, Field, as_date
from web.pages.given import Given

DETAILS = (
    Field(name="name", label="Name", missing="Give the name the supplier is known by."),
    Field(name="legal_name", label="Legal name", required=False),
    Field(name="website", label="Website", required=False),
    Field(name="country", label="Country", required=False, kind="select", offers="countries"),
    Field(name="registration_number", label="Registration number", required=False),
)
CONTACT = (
    Field(name="contact_name", label="Name", missing="Give the contact's name."),
    Field(name="contact_email", label="Mail address", kind="email",
          missing="Give the contact's mail address."),
)  # fmt: skip
SANCTIONS = (
    Field(name="clean", label="Result", kind="radio", missing="Say what the check showed.",
          options=(("yes", "Clean", "No match, or every match is ruled out"), ("no", "Not clean", "A match stands"))),
    Field(name="note", label="Lists and date of the check", kind="textarea", required=False,
          hint="For example: EU, UN and OFAC lists of 20 November, no match."),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Act(Ask):
    """Something to do about a supplier; `within` are the standings in which it makes sense."""

    within: frozenset[Standing]

    def fits(self, standing: Standing, actor: Actor) -> bool:
        return standing in self.within and self.allows(actor)


def details(given: Given) -> SupplierDetails:
    """What identifies a supplier, from a form."""
    return SupplierDetails(**{field.name: given.one(field.name) for field in DETAILS})


def contact(given: Given) -> ContactDetails:
    return ContactDetails(name=given.one("contact_name"), email=given.one("contact_email"))


EVERY = frozenset(Standing)
BEFORE = frozenset({Standing.PROPOSED, Standing.ONBOARDING})

ACTS: tuple[Act, ...] = (
    Act(key="owner", link="Assign an owner", title="Who owns the relationship?", roles=BUYERS, within=OPEN,
        lead="The owner hears of answers and of everything that is due. Whoever owns it cannot decide about it.",
        fields=(Field(name="owner", label="Owner", kind="select", offers="staff", missing="Choose who owns it."),),
        button="Assign", versioned=False, done="The owner is assigned.",
        order=lambda given, id: onboarding.AssignOwner.model_validate(
            {"supplier_id": id, "owner": given.one("owner")})),
    Act(key="contact", link="Name a contact", title="Whom do we write to?", roles=BUYERS, within=OPEN,
        lead="This person gets the questionnaire and can pass questions on to colleagues.",
        fields=CONTACT, button="Name this contact", versioned=False, done="The contact is named.",
        order=lambda given, id: onboarding.NameContact(supplier_id=id, contact=contact(given))),
    Act(key="sanctions", link="Record a sanctions check", title="Sanctions check", roles=BUYERS | {Role.LEGAL},
        within=OPEN, lead="Onboarding starts only after a clean check.", fields=SANCTIONS, button="Record the check",
        versioned=False, done="The check is recorded.",
        order=lambda given, id: onboarding.CheckSanctions(
            supplier_id=id, clean=given.one("clean") == "yes", note=given.one("note"))),
    Act(key="start", link="Start onboarding", title="Start onboarding", roles=BUYERS,
        within=frozenset({Standing.PROPOSED}), button="Start onboarding", done="Onboarding has started.",
        lead="Due diligence may begin: it needs an owner, a contact and a clean sanctions check.",
        order=lambda given, id: onboarding.StartOnboarding(supplier_id=id)),
    Act(key="correct", link="Correct the details", title="Correct the details", roles=BUYERS, within=EVERY,
        fields=DETAILS, button="Save", done="The details are corrected.",
        order=lambda given, id: onboarding.CorrectSupplier(supplier_id=id, details=details(given))),
    Act(key="decline", link="Decline", title="Decline this supplier", roles=BUYERS | SEATS, within=BEFORE, danger=True,
        lead="We do not buy from it. It can be proposed again later.", fields=(REASON,), button="Decline",
        done="The supplier is declined.",
        order=lambda given, id: onboarding.DeclineSupplier(supplier_id=id, reason=given.one("reason"))),
    Act(key="suspend", link="Suspend", title="Suspend this supplier", roles=SUSPENDERS, within=IN_SERVICE, danger=True,
        lead="New use stops at once. Without the council's ratification the suspension lapses after 72 hours.",
        fields=(REASON, HAPPENED), button="Suspend",
        done="The supplier is suspended. The council has 72 hours to ratify it.",
        order=lambda given, id: onboarding.SuspendSupplier(
            supplier_id=id, reason=given.one("reason"), happened_on=as_date(given.one("happened_on")))),
    Act(key="reinstate", link="Reinstate", title="Lift the suspension", roles=SEATS,
        within=frozenset({Standing.SUSPENDED}), lead="Say how its cause was closed.", fields=(REASON,),
        button="Reinstate", done="The suspension is lifted.",
        order=lambda given, id: onboarding.ReinstateSupplier(supplier_id=id, reason=given.one("reason"))),
    Act(key="offboard", link="Start offboarding", title="Leave this supplier", roles=BUYERS,
        within=IN_SERVICE | {Standing.SUSPENDED}, danger=True, button="Start offboarding",
        lead="The relationship ends in steps: exit plan first, then access removed and our data returned or deleted.",
        fields=(Field(name="exit_plan", label="Exit plan", kind="textarea", missing="Say how we leave: what replaces "
                      "it, by when, and who sees to it.", hint="What replaces it, by when, and who sees to it."),),
        done="Offboarding has started.",
        order=lambda given, id: onboarding.StartOffboarding(supplier_id=id, exit_plan=given.one("exit_plan"))),
    Act(key="end", link="Complete offboarding", title="End the relationship", roles=BUYERS, danger=True,
        within=frozenset({Standing.OFFBOARDING}), button="End the relationship", done="The relationship has ended.",
        fields=(Field(name="access_removed", label="Every access of this supplier is removed", kind="confirm",
                      missing="Confirm that every access is removed."),
                Field(name="certificate", label="Certificate of return or deletion of our data", kind="textarea",
                      hint="Who certified it, when, and where the certificate lies.",
                      missing="Say how the return or deletion of our data was certified.")),
        order=lambda given, id: onboarding.CompleteOffboarding(
            supplier_id=id, access_removed=given.one("access_removed") == "yes", certificate=given.one("certificate"))),
    Act(key="propose-again", link="Propose again", title="Propose this supplier again", roles=BUYERS | RISK,
        within=frozenset({Standing.DECLINED, Standing.OFFBOARDED}), fields=(REASON,), button="Propose again",
        lead="It starts over: the sanctions check has to be made again.", done="The supplier is proposed again.",
        order=lambda given, id: onboarding.ProposeAgain(supplier_id=id, reason=given.one("reason"))),
)  # fmt: skip

BY_KEY: Mapping[str, Act] = {act.key: act for act in ACTS}


def possible(standing: Standing, actor: Actor) -> list[Act]:
    """What this person can do about a supplier in this standing, in the order of the life cycle."""
    return [act for act in ACTS if act.fits(standing, actor)]
