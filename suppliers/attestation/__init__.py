"""An attestation: a dated document or signed statement, its verification, its renewal and its end."""

from suppliers.attestation.attestation import Attestation
from suppliers.attestation.document import Document
from suppliers.attestation.states import IN_FORCE, AttestationState
from suppliers.attestation.verified import Coverage, Opinion

__all__ = ["IN_FORCE", "Attestation", "AttestationState", "Coverage", "Document", "Opinion"]
