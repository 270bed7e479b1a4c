"""Who hears of an append that waited for the disk need not wait for it again."""

from migrations.sql import execute_beside

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    execute_beside(__file__)
