"""Dossiers: what one supplier offers us, what we use it for, what it attested, and what was decided about it."""

from projections.dossier import attestations as attestations  # its folds
from projections.dossier import decisions as decisions
from projections.dossier import subjects as subjects
from projections.dossier import uses as uses
from projections.dossier.entries import (
    AttestationEntry,
    DecisionEntry,
    ModelEntry,
    Release,
    SourceEntry,
    UseEntry,
    Version,
)
from projections.dossier.parts import Parts, parts
from projections.dossier.queries import Awaited, holding, number_to_verify, of, to_confirm, to_verify
from projections.dossier.rows import VIEW, Dossier, Part

__all__ = [
    "VIEW",
    "AttestationEntry",
    "Awaited",
    "DecisionEntry",
    "Dossier",
    "ModelEntry",
    "Part",
    "Parts",
    "Release",
    "SourceEntry",
    "UseEntry",
    "Version",
    "holding",
    "number_to_verify",
    "of",
    "parts",
    "to_confirm",
    "to_verify",
]
