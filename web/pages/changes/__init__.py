"""What changed between two days: for one supplier fact by fact, for all who moved."""
