"""Tamper evidence: the log as a Merkle tree (RFC 9162), its seals, its signed heads, and how they are checked."""
