"""Commands of onboarding: propose a supplier, start, decline, suspend, leave."""

from __future__ import annotations

from suppliers.onboarding import beginning, leaving, proposing, suspending
from suppliers.onboarding.beginning import DeclineSupplier, StartOnboarding
from suppliers.onboarding.contact import ContactDetails
from suppliers.onboarding.leaving import CompleteOffboarding, ProposeAgain, StartOffboarding
from suppliers.onboarding.proposing import AssignOwner, CheckSanctions, CorrectSupplier, NameContact, ProposeSupplier
from suppliers.onboarding.suspending import SUSPENDERS, ReinstateSupplier, SuspendSupplier
from suppliers.ports import Handlers

__all__ = [
    "SUSPENDERS",
    "AssignOwner",
    "CheckSanctions",
    "CompleteOffboarding",
    "ContactDetails",
    "CorrectSupplier",
    "DeclineSupplier",
    "NameContact",
    "ProposeAgain",
    "ProposeSupplier",
    "ReinstateSupplier",
    "StartOffboarding",
    "StartOnboarding",
    "SuspendSupplier",
]

HANDLERS: Handlers = {**proposing.HANDLERS, **beginning.HANDLERS, **suspending.HANDLERS, **leaving.HANDLERS}
