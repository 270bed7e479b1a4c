"""Tokens of the API."""

from migrations.sql import execute_beside

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    execute_beside(__file__)
