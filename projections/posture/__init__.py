"""Postures: what is left of each supplier's risk, why, since when, and when time alone will change it."""

from projections.posture import attested as attested  # its folds
from projections.posture import rounds as rounds
from projections.posture import uses as uses
from projections.posture.explaining import explained, in_full
from projections.posture.inputs import findings
from projections.posture.kept import SupplierPosture, UsePosture
from projections.posture.parts import Point
from projections.posture.queries import (
    Bands,
    Changing,
    Heat,
    bands,
    changing,
    heat_of,
    of,
    of_use,
    pack,
    pack_of,
    worst,
)
from projections.posture.rows import VIEW

__all__ = [
    "VIEW",
    "Bands",
    "Changing",
    "Heat",
    "Point",
    "SupplierPosture",
    "UsePosture",
    "bands",
    "changing",
    "explained",
    "findings",
    "heat_of",
    "in_full",
    "of",
    "of_use",
    "pack",
    "pack_of",
    "worst",
]
