"""One supplier's events with proofs, for an auditor who trusts neither us nor our database."""
