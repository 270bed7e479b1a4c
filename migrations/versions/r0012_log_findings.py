"""What the sealer found wrong with the log."""

from migrations.sql import execute_beside

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    execute_beside(__file__)
