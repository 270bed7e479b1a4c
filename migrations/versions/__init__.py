"""One revision per pair of files: a name for Alembic and the SQL."""
