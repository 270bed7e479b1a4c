"""Trials of a policy, for all web processes to see."""

from migrations.sql import execute_beside

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    execute_beside(__file__)
