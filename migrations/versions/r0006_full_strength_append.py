"""The append function at full strength, and snapshots."""

from migrations.sql import execute_beside

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    execute_beside(__file__)
