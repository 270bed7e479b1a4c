"""Indexes by which the audit trail is read from the log itself."""

from migrations.sql import execute_beside

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    execute_beside(__file__)
