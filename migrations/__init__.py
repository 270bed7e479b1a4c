"""The durable tables, as plain SQL revisions: what is lost with them is a fact."""

from migrations.run import NewerDatabase, migrate
from migrations.run import migrate_now as upgrade

__all__ = ["NewerDatabase", "migrate", "upgrade"]
