"""What an administrator can do about a person."""

from __future__ import annotations

from collections.abc import Mapping

from suppliers import people
from suppliers.people import ADMINISTRATORS
from suppliers.person import PersonKind
from suppliers.ports import Role
from web.pages.asks import REASON, Ask, Field

ROLES: tuple[tuple[str, str, str], ...] = (
    (Role.PROCUREMENT.value, "Procurement", "Onboards suppliers and sends questionnaires"),
    (Role.RISK_MANAGER.value, "Risk manager", "Everything but deciding alone"),
    (Role.LEGAL.value, "Legal seat", "Reviews, confirms the EU AI Act class, decides"),
    (Role.SECURITY.value, "Security seat", "Reviews, decides, may suspend at once"),
    (Role.DATA.value, "Data seat", "Reviews and decides"),
    (Role.PRODUCT.value, "Product seat", "Reviews and decides"),
    (Role.OPERATIONS.value, "Operations seat", "Reviews and decides"),
    (Role.AUDITOR.value, "Auditor", "Reads everything, changes nothing"),
    (Role.ADMINISTRATOR.value, "Administrator", "Manages people"),
)
NAME = Field(name="name", label="Name", missing="Give the person's name.")
EMAIL = Field(name="email", label="Mail address", kind="email", hint="Sign-in codes are mailed here.",
              missing="Give the person's mail address.")  # fmt: skip

REGISTER = Ask(
    key="register", link="Add a person", title="Let somebody sign in", roles=ADMINISTRATORS, button="Add",
    fields=(NAME, EMAIL, Field(name="roles", label="Roles", kind="checks", options=ROLES,
                               missing="Choose at least one role.")),
    versioned=False, done="The person can sign in now.",
    order=lambda given, id: people.RegisterStaff(
        person_id=id, name=given.one("name"), email=given.one("email"),
        roles=frozenset(Role(each) for each in given.many("roles"))),
)  # fmt: skip

ACTS: tuple[Ask, ...] = (
    Ask(key="correct", link="Correct", title="Correct name or address", roles=ADMINISTRATORS, fields=(NAME, EMAIL),
        button="Save", done="Corrected.", order=lambda given, id: people.CorrectPerson(
            person_id=id, name=given.one("name"), email=given.one("email"))),
    Ask(key="end", link="End access", title="End this person's access", roles=ADMINISTRATORS, fields=(REASON,),
        lead="They are signed out at once. What they did stays on the record with their name.", button="End access",
        danger=True, versioned=False, done="Access has ended.",
        order=lambda given, id: people.EndAccess(person_id=id, reason=given.one("reason"))),
    Ask(key="erase", link="Erase", title="Erase this person's data", roles=ADMINISTRATORS,
        lead="Name and address become unreadable everywhere, for good. What they did stays, as “Erased person”. "
             "Nobody can undo this.",
        fields=(REASON, Field(name="sure", label="Erase name and address for good", kind="confirm",
                              missing="Tick this to go on.")),
        button="Erase for good", danger=True, versioned=False, done="The person's data is erased.",
        order=lambda given, id: people.ErasePerson(person_id=id, reason=given.one("reason"))),
)  # fmt: skip

BY_KEY: Mapping[str, Ask] = {act.key: act for act in ACTS}


def fitting(kind: PersonKind, *, active: bool, erased: bool) -> list[Ask]:
    """What still makes sense about this person."""
    gone = {"correct", "end"} if not active else set()
    if kind is PersonKind.CONTACT:
        gone = gone | {"end"}
    return [act for act in ACTS if act.key not in gone and not erased]
