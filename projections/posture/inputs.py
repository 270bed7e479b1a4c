"""From what is kept of a use to the inputs of its posture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from projections.posture.answered import questionnaire_of, sections_of
from projections.posture.ground import attestations_of, eu_class, factors_of, policy_of, tier_of
from projections.posture.kept import SupplierPosture, UsePosture
from projections.posture.parts import Flag, Round
from suppliers.policy import ScoringPolicy
from suppliers.posture import OpenFinding, UseInputs


def inputs_of(use: UsePosture, row: SupplierPosture, rules: ScoringPolicy | None = None) -> UseInputs | None:
    """Everything the posture depends on; None before the use is rated. `rules` are tried in place of its own."""
    if use.rating is None:
        return None
    return UseInputs.made(
        factors=factors_of(use),
        tier=tier_of(use),
        eu_class=eu_class(use),
        questionnaire=questionnaire_of(use.counted).ref if use.counted else "",
        sections=sections_of(use.counted, use.superseded_on) if use.counted else (),
        findings=findings(use, rules),
        attestations=attestations_of(use, row),
        suspended=use.suspended or row.suspended,
        round_open=use.round_open,
    )


def findings(use: UsePosture, rules: ScoringPolicy | None = None) -> tuple[OpenFinding, ...]:
    """What is open about it: one finding for each question with flags."""
    return tuple(_findings(use.counted, rules or policy_of(use))) if use.counted and use.rating else ()


def gravest(flags: Mapping[str, Flag]) -> dict[str, Flag]:
    """Question -> the flag that makes the finding: a knock-out before all, then the gravest."""
    found: dict[str, Flag] = {}
    for flag in flags.values():
        known = found.get(flag.question)
        if known is None or (flag.knock_out, flag.severity.rank) > (known.knock_out, known.severity.rank):
            found[flag.question] = flag
    return found


def _findings(counted: Round, rules: ScoringPolicy) -> Iterator[OpenFinding]:
    questionnaire, days = questionnaire_of(counted), rules.findings.due_days
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
