"""Commands about uses: describe one, answer its intake, classify it, set its tier, end it."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from pydantic import Field

from suppliers.data_source import DataSource
from suppliers.entitlement import BUYERS, REVIEWERS, RISK, WORKING_STAFF, allow
from suppliers.errors import NoSuchRecord
from suppliers.policy import Policy
from suppliers.ports import SEATS, Command, Desk, Handlers, Role, new_id
from suppliers.tiering import rate
from suppliers.use import EuClass, Intake, SubjectKind, Use
from suppliers.vendor_model import VendorModel

LEGAL = frozenset({Role.LEGAL})


class DescribeUse(Command):
    """Say what we want to use a subject for; with an intake and a class it is rated at once."""

    use_id: UUID = Field(default_factory=new_id)
    subject_id: UUID
    subject_kind: SubjectKind
    title: str = Field(min_length=1)
    purpose: str = ""
    intake: Intake | None = None
    classification: EuClass | None = None


class CompleteIntake(Command):
    """Answer, or answer anew, the questions that decide tier and questionnaire."""

    use_id: UUID
    intake: Intake
    classification: EuClass | None = None


class ClassifyUse(Command):
    """Classify a use under the EU AI Act."""

    use_id: UUID
    classification: EuClass


class ConfirmClass(Command):
    """Agree, for legal, with the class of a use."""

    use_id: UUID


class OverrideTier(Command):
    """Set another tier than the policy's."""

    use_id: UUID
    tier: int = Field(ge=1, le=4)
    reason: str
    expires_on: date | None = None


class RetireUse(Command):
    """Stop using a subject for this purpose."""

    use_id: UUID
    reason: str


def describe_use(command: DescribeUse, desk: Desk, *, policy: Policy) -> None:
    allow(desk.actor, WORKING_STAFF)
    subject = _subject(command, desk)
    use = Use.describe(
        id=command.use_id,
        supplier_id=subject.supplier_id,
        subject_id=subject.id,
        subject_kind=command.subject_kind,
        title=command.title.strip(),
        purpose=command.purpose.strip(),
        requester=desk.actor.id,
        at=desk.now,
    )
    desk.add(use)
    if command.classification is not None:
        use.classify(command.classification, by=desk.actor.id, at=desk.now)
    if command.intake is not None:
        use.complete_intake(command.intake, by=desk.actor.id, at=desk.now)
        _rate(use, policy, desk)


def complete_intake(command: CompleteIntake, desk: Desk, *, policy: Policy) -> None:
    allow(desk.actor, WORKING_STAFF)
    use = desk.get(Use, command.use_id)
    use.saw(command.expected_version)
    if command.classification is not None and command.classification != use.eu_class:
        use.classify(command.classification, by=desk.actor.id, at=desk.now)
    use.complete_intake(command.intake, by=desk.actor.id, at=desk.now)
    _rate(use, policy, desk)


def classify_use(command: ClassifyUse, desk: Desk, *, policy: Policy) -> None:
    allow(desk.actor, RISK | LEGAL | BUYERS)
    use = desk.get(Use, command.use_id)
    use.saw(command.expected_version)
    use.classify(command.classification, by=desk.actor.id, at=desk.now)
    _rate(use, policy, desk)


def confirm_class(command: ConfirmClass, desk: Desk) -> None:
    allow(desk.actor, LEGAL)
    use = desk.get(Use, command.use_id)
    use.saw(command.expected_version)
    use.confirm_class(by=desk.actor.id, at=desk.now)


def override_tier(command: OverrideTier, desk: Desk) -> None:
    allow(desk.actor, REVIEWERS)
    use = desk.get(Use, command.use_id)
    use.saw(command.expected_version)
    use.override_tier(
        command.tier,
        reason=command.reason,
        by=desk.actor.id,
        council=bool(desk.actor.roles & SEATS),
        expires_on=command.expires_on,
        at=desk.now,
    )


def retire_use(command: RetireUse, desk: Desk) -> None:
    allow(desk.actor, BUYERS | REVIEWERS)
    use = desk.get(Use, command.use_id)
    use.saw(command.expected_version)
    use.retire(reason=command.reason, by=desk.actor.id, at=desk.now)


def _subject(command: DescribeUse, desk: Desk) -> VendorModel | DataSource:
    subject: VendorModel | DataSource
    if command.subject_kind is SubjectKind.VENDOR_MODEL:
        subject = desk.get(VendorModel, command.subject_id)
    else:
        subject = desk.get(DataSource, command.subject_id)
    if subject.retired:
        raise NoSuchRecord
    return subject


def _rate(use: Use, policy: Policy, desk: Desk) -> None:
    if use.intake is not None:
        use.rate(rate(use.intake, use.eu_class, policy), at=desk.now)


def handlers(policy: Policy) -> Handlers:
    """The table of this activity's commands."""
    return {
        DescribeUse: partial(describe_use, policy=policy),
        CompleteIntake: partial(complete_intake, policy=policy),
        ClassifyUse: partial(classify_use, policy=policy),
        ConfirmClass: confirm_class,
        OverrideTier: override_tier,
        RetireUse: retire_use,
    }
