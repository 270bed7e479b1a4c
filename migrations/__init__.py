"""Durable tables, as Alembic revisions of plain SQL."""
