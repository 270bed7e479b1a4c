"""Keys of persons, checkpoints of followers."""

from migrations.sql import execute_beside

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    execute_beside(__file__)
