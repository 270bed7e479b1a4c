"""The letters' ledger and the evidence."""

from migrations.sql import execute_beside

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    execute_beside(__file__)
