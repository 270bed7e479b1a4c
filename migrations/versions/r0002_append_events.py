"""The one function that writes the log."""

from migrations.sql import execute_beside

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    execute_beside(__file__)
