"""Commands about uses: describe one, answer its intake, classify it, set its tier, end it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import cast
from uuid import UUID

from pydantic import Field

from suppliers.data_source import DataSource
from suppliers.entitlement import BUYERS, REVIEWERS, RISK, WORKING_STAFF, allow
from suppliers.errors import NoSuchRecord
from suppliers.eu_ai_act import Classification
from suppliers.factors import Tier
from suppliers.policy import ScoringPolicy
from suppliers.ports import SEATS, Command, Desk, Handlers, Role, new_id
from suppliers.tiering import complete_facts, rate
from suppliers.use import Fact, Intake, Rating, SubjectKind, Use
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
    classification: Classification | None = None


class CompleteIntake(Command):
    """Answer, or answer anew, the questions that decide tier and questionnaire."""

    use_id: UUID
    intake: Intake
    classification: Classification | None = None


class ClassifyUse(Command):
    """Classify a use under the EU AI Act."""

    use_id: UUID
    classification: Classification


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


def describe_use(command: DescribeUse, desk: Desk, *, policy: ScoringPolicy) -> None:
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


def complete_intake(command: CompleteIntake, desk: Desk, *, policy: ScoringPolicy) -> None:
    allow(desk.actor, WORKING_STAFF)
    use = desk.get(Use, command.use_id)
    use.saw(command.expected_version)
    if command.classification is not None and command.classification != use.classification:
        use.classify(command.classification, by=desk.actor.id, at=desk.now)
    use.complete_intake(command.intake, by=desk.actor.id, at=desk.now)
    _rate(use, policy, desk)


def classify_use(command: ClassifyUse, desk: Desk, *, policy: ScoringPolicy) -> None:
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


def _rate(use: Use, policy: ScoringPolicy, desk: Desk) -> None:
    if use.intake is None:
        return
    rated = rate(known_facts(use, desk.now.date()), _factors(use.intake), policy)
    rating = Rating(
        scores={factor.value: score for factor, score in rated.scores.items()},
        inherent=rated.inherent,
        tier=None if rated.tier is None else int(rated.tier),
        reasons=rated.reasons,
        policy=rated.policy,
    )
    use.rate(rating, at=desk.now)


def known_facts(use: Use, on: date) -> dict[str, Fact]:
    """The facts a questionnaire asks for: those of the intake and those that follow from them on a day."""
    assert use.intake is not None
    facts = complete_facts(
        use.intake.facts,
        _factors(use.intake),
        eu_class=use.eu_class,
        tier=None if use.tier is None else Tier(use.tier),
        on=on,
        route=use.classification.route if use.classification else None,
    )
    return cast(dict[str, Fact], facts)


def _factors(intake: Intake) -> dict[str, int | None]:
    return dict(intake.factors)


def handlers(policy: ScoringPolicy) -> Handlers:
    """The table of this activity's commands."""
    return {
        DescribeUse: partial(describe_use, policy=policy),
        CompleteIntake: partial(complete_intake, policy=policy),
        ClassifyUse: partial(classify_use, policy=policy),
        ConfirmClass: confirm_class,
        OverrideTier: override_tier,
        RetireUse: retire_use,
    }
