"""Alembic's environment: renders revisions as SQL; run.py carries them to the database."""

from alembic import context

if not context.is_offline_mode():
    raise SystemExit("Migrations are run by migrations.run.migrate(), which needs no second driver.")

# A named paramstyle keeps percent signs in the SQL as they are.
context.configure(dialect_name="postgresql", dialect_opts={"paramstyle": "named"}, version_table_schema="public")
with context.begin_transaction():
    context.run_migrations()
