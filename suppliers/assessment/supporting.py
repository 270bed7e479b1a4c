"""The vendor attaches files that support its answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.assessment.answers import Evidence
from suppliers.assessment.round import Round
from suppliers.errors import Ignored, UnknownEvidence


class Supporting(Round, part=True):
    """What a vendor shows."""

    class EvidenceAttached(Round.Event):
        """The vendor attached a file to a question."""

        evidence: Evidence

        def apply(self, assessment: Round) -> None:
            assessment.evidence[self.evidence.id] = self.evidence

    class EvidenceRemoved(Round.Event):
        """The vendor took a file back before submitting."""

        evidence_id: UUID
        question: str
        by: UUID

        def apply(self, assessment: Round) -> None:
            assessment.evidence.pop(self.evidence_id, None)

    def attach(self, evidence: Evidence, *, at: datetime) -> None:
        self._answering()
        if evidence.id in self.evidence:
            raise Ignored
        self.record(self.EvidenceAttached, evidence=evidence, at=at)

    def remove_evidence(self, evidence_id: UUID, *, by: UUID, at: datetime) -> None:
        self._answering()
        if evidence_id not in self.evidence:
            raise UnknownEvidence
        question = self.evidence[evidence_id].question
        self.record(self.EvidenceRemoved, evidence_id=evidence_id, question=question, by=by, at=at)
