"""The sealer as a role: the log is sealed, and signed heads of it leave the database."""
