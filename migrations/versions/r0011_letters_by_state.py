"""An index by which letters are read by their state."""

from migrations.sql import execute_beside

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    execute_beside(__file__)
