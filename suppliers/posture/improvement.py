"""What would bring residual risk down, computed by making the change and looking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from suppliers.factors import Verification
from suppliers.posture.bands import Band, band_of, counted, domain_name
from suppliers.posture.inputs import AnswerEvidence, Fading, Frozen, SectionEvidence
from suppliers.posture.residual import Residual, Terms, residual
from suppliers.questionnaires.model import Domain
from suppliers.questionnaires.scoring import Standing

MOST = 5
"""As many as a person reads."""
WORTH_NAMING = 0.05
UNCHECKED = frozenset({Verification.SAID, Verification.ATTACHED})
OPEN = frozenset({Standing.UNANSWERED, Standing.PENDING})

Kind = Literal["finding", "accept", "renew", "answer"]
Change = Callable[[AnswerEvidence], AnswerEvidence]


class Improvement(Frozen):
    """A change that lowers residual risk, with the result after it."""

    kind: Kind
    key: str
    """Finding id or section id."""
    sentence: str
    residual: float
    band: Band
    worst: Domain


def improvements(given: Terms, now: Residual) -> tuple[Improvement, ...]:
    """The changes that help most, best first."""
    rank = band_of(given, now).rank
    found = [
        each
        for each in _candidates(given, now)
        if now.risk - each.residual >= WORTH_NAMING or (each.residual <= now.risk and each.band.rank < rank)
    ]
    return tuple(sorted(found, key=lambda each: (each.band.rank, each.residual, each.kind, each.key))[:MOST])


def _candidates(given: Terms, now: Residual) -> Iterator[Improvement]:
    for finding in given.findings:
        yield _try(given.without(finding), now, "finding", finding.id, f"Close the finding “{finding.title}”")
    for section in given.inputs.sections:
        for kind, change, act in _changes(given):
            changed = tuple(change(each) for each in section.answers)
            different = sum(a != b for a, b in zip(changed, section.answers, strict=True))
            if different:
                after = given.with_section(section.model_copy(update={"answers": changed}))
                yield _try(after, now, kind, section.id, act(section, different))


def _changes(given: Terms) -> Iterator[tuple[Kind, Change, Callable[[SectionEvidence, int], str]]]:
    def accepted(answer: AnswerEvidence) -> AnswerEvidence:
        if answer.standing is not Standing.COUNTED or answer.verification not in UNCHECKED:
            return answer
        return answer.model_copy(update={"verification": Verification.ACCEPTED})

    def renewed(answer: AnswerEvidence) -> AnswerEvidence:
        if answer.standing is not Standing.COUNTED or answer.evidence_on is None or answer.evidence_on >= given.on:
            return answer
        fading = answer.fading and Fading(since=given.on, max_age_days=answer.fading.max_age_days)
        return answer.model_copy(update={"evidence_on": given.on, "fading": fading})

    def answered(answer: AnswerEvidence) -> AnswerEvidence:
        if answer.standing not in OPEN:
            return answer
        best = {"standing": Standing.COUNTED, "score": 1.0, "verification": Verification.ACCEPTED}
        return answer.model_copy(update={**best, "evidence_on": given.on})

    yield "accept", accepted, lambda s, n: f"Obtain and accept the evidence for {counted(n, 'answer')} in {s.title}"
    yield "renew", renewed, lambda s, n: f"Renew the evidence for {counted(n, 'answer')} in {s.title}"
    yield "answer", answered, lambda s, n: f"Settle {counted(n, 'open question')} in {s.title}, at best"


def _try(after: Terms, before: Residual, kind: Kind, key: str, act: str) -> Improvement:
    result = residual(after)
    sentence = f"{act}: {before.risk:.1f} becomes {result.risk:.1f}."
    if result.worst.domain is not before.worst.domain:
        sentence += f" {domain_name(result.worst.domain)} ({result.worst.residual:.1f}) would then be the worst."
    return Improvement(
        kind=kind,
        key=key,
        sentence=sentence,
        residual=result.risk,
        band=band_of(after, result),
        worst=result.worst.domain,
    )
