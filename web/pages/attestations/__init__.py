"""Attestations of a supplier: take in, verify, reject, renew, revoke."""
