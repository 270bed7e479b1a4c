"""From what is kept of a use to the inputs of its posture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pydantic_core import SchemaSerializer

from projections.posture.kept import Attested, Flag, Round, SupplierPosture, UsePosture
from projections.posture.remembered import Remembered
from projections.view import but
from suppliers.attestation_rules import attestation_rules, requirements
from suppliers.eu_ai_act import EuClass, HighRiskRoute
from suppliers.factors import Factor, Tier
from suppliers.policy import ScoringPolicy, policy
from suppliers.posture import Given, Held, MandatoryAttestation, OpenFinding, SectionEvidence, UseInputs, mandatory
from suppliers.posture import sections as evidence
from suppliers.questionnaires import Questionnaire, library
from suppliers.tiering import complete_facts
from suppliers.use import Intake, SubjectKind

VERSION_BOUND = frozenset({"MOD", "EVL", "SEC", "FAI"})
"""Sections whose answers speak of one version of a model (domain reference, 5.6)."""
ROUNDS_AT_HAND = 256
SETS_AT_HAND = 4_096
"""Rounds of answers, and mandatory sets, that need not be gone through again."""


HIGH, UNCLASSIFIED = EuClass.HIGH, EuClass.UNCLASSIFIED
ANY_DAY = date(2000, 1, 1)
"""In the place of a day on which nothing depends."""

HeldFor = tuple[tuple[str, date | None], ...]
"""Types and last days."""


@dataclass(frozen=True, eq=False, slots=True)
class Basis:
    """What a use is judged by before anybody answers about it. Uses of which the same is known share one."""

    kind: SubjectKind
    intake: str
    eu_class: EuClass
    route: HighRiskRoute | None
    tier: int | None
    policy: str
    scores: tuple[tuple[str, int], ...]

    def day(self, on: date) -> date:
        """The law has dates for high risk alone."""
        return on if self.eu_class is HIGH else ANY_DAY


def policy_of(use: UsePosture) -> ScoringPolicy:
    """The policy it was rated by: a new one makes a new rating, never another past."""
    assert use.rating is not None
    return policy(use.rating.policy)


def inputs_of(use: UsePosture, row: SupplierPosture, rules: ScoringPolicy | None = None) -> UseInputs | None:
    """Everything the posture depends on; None before the use is rated. `rules` are tried in place of its own."""
    if use.rating is None:
        return None
    return UseInputs.made(
        factors={Factor(name): score for name, score in use.rating.scores.items()},
        tier=None if use.tier is None else Tier(use.tier),
        eu_class=eu_class(use),
        questionnaire=_questionnaire(use.counted).ref if use.counted else "",
        sections=_sections(use.counted, use.superseded_on) if use.counted else (),
        findings=findings(use, rules),
        attestations=attestations_of(use, row),
        suspended=use.suspended or row.suspended,
        round_open=use.round_open,
    )


def eu_class(use: UsePosture) -> EuClass:
    return use.classification.eu_class if use.classification else EuClass.UNCLASSIFIED


def findings(use: UsePosture, rules: ScoringPolicy | None = None) -> tuple[OpenFinding, ...]:
    """What is open about it: one finding for each question with flags."""
    return tuple(_findings(use.counted, rules or policy_of(use))) if use.counted and use.rating else ()


def attestations_of(use: UsePosture, row: SupplierPosture) -> tuple[MandatoryAttestation, ...]:
    """The mandatory ones for what is known of the use, with what the supplier gave for it or for all."""
    basis = basis_of(use)
    return required(basis, basis.day(row.on), held_for(use, row))


def basis_of(use: UsePosture) -> Basis:
    """Of a use that is rated."""
    rating, classified = use.rating, use.classification
    assert rating is not None
    known, route = (UNCLASSIFIED, None) if classified is None else (classified.eu_class, classified.route)
    intake = "" if use.intake is None else _as_text(use.intake).decode()
    return _basis(use.subject_kind, intake, known, route, use.tier, rating.policy, tuple(rating.scores.items()))


def held_for(use: UsePosture, row: SupplierPosture) -> HeldFor:
    """What the supplier gave for a use, or for all."""
    subject = use.subject_id.int
    return tuple(
        [
            (each.type, each.ends_on if use.superseded_on is None else _end(each, use))
            for each in row.attestations.values()
            if each.subject_id is None or each.subject_id.int == subject
        ]
    )


def gravest(flags: Mapping[str, Flag]) -> dict[str, Flag]:
    """Question -> the flag that makes the finding: a knock-out before all, then the gravest."""
    found: dict[str, Flag] = {}
    for flag in flags.values():
        known = found.get(flag.question)
        if known is None or (flag.knock_out, flag.severity.rank) > (known.knock_out, known.severity.rank):
            found[flag.question] = flag
    return found


_as_text = SchemaSerializer(Intake.__pydantic_core_schema__).to_json
_basis = lru_cache(SETS_AT_HAND)(Basis)


@lru_cache(SETS_AT_HAND)
def required(basis: Basis, on: date, held: HeldFor) -> tuple[MandatoryAttestation, ...]:
    """The mandatory set, and which of it is there."""
    found = [Held.made(type=type, ends_on=end) for type, end in held]
    return mandatory(requirements(_facts(basis, on), basis.kind.value), found)


def _facts(basis: Basis, on: date) -> Mapping[str, object]:
    if not basis.intake:
        return {}
    known, level = Intake.model_validate_json(basis.intake), None if basis.tier is None else Tier(basis.tier)
    return complete_facts(known.facts, known.factors, eu_class=basis.eu_class, tier=level, on=on, route=basis.route)


def _end(held: Attested, use: UsePosture) -> date | None:
    """Its last day; what speaks of one version of a model ends when we begin to use another."""
    since = use.superseded_on
    if since is None or held.begins_on >= since or not attestation_rules().type(held.type).version_bound:
        return held.ends_on
    last = since - timedelta(days=1)
    return last if held.ends_on is None else min(held.ends_on, last)


def _questionnaire(counted: Round) -> Questionnaire:
    return library().get(counted.questionnaire.id, counted.questionnaire.version)


def _evidence(counted: Round, superseded_on: date | None) -> tuple[SectionEvidence, ...]:
    questionnaire = _questionnaire(counted)
    return evidence(questionnaire, counted.facts, _given(counted, superseded_on, questionnaire))


_sections: Remembered[Round, tuple[SectionEvidence, ...]] = Remembered(_evidence, most=ROUNDS_AT_HAND)


def _given(counted: Round, since: date | None, questionnaire: Questionnaire) -> Mapping[str, Given]:
    """The answers, those about an earlier version of the model marked."""
    if since is None:
        return counted.answers
    found = dict(counted.answers)
    for id, given in found.items():
        section = questionnaire.section_of.get(id)
        if section is not None and section.id in VERSION_BOUND and given.answered_on < since:
            found[id] = but(given, superseded=True)
    return found


def _findings(counted: Round, rules: ScoringPolicy) -> Iterator[OpenFinding]:
    questionnaire, days = _questionnaire(counted), rules.findings.due_days
    for question, flag in gravest(counted.flags).items():
        yield OpenFinding.made(
            id=f"{counted.id}:{question}",
            title=f"{flag.note} ({question})",
            domain=questionnaire.section_of[question].risk_domain,
            severity=flag.severity,
            knock_out=flag.knock_out,
            due_on=flag.raised_on + timedelta(days=days[flag.severity]),
            planned=False,
            accepted_until=None,
        )
