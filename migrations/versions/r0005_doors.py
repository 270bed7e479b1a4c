"""Codes, sessions and rate limits."""

from migrations.sql import execute_beside

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    execute_beside(__file__)
