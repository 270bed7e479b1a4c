"""Letters: what we mail, how it is posted, and the ledger of what was sent."""
