"""Databases of the first release, which kept a view in one table `view_<name>_v<version>`, read under that name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from projections import builds
from projections.layout import Build
from projections.view import View

if TYPE_CHECKING:
    from projections.storage import Connection

STOOD = "DELETE FROM checkpoints WHERE name = $1 RETURNING position"
INDEXES = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = $1"


async def adopt(connection: Connection, view: View[Any]) -> bool:
    """Make the newest such table the live build, if there is one: it is read until a newer version is built."""
    names = [row["tablename"] for row in await connection.fetch(builds.TABLES)]
    versions = sorted(int(found[1]) for name in names if (found := re.fullmatch(rf"view_{view.name}_v(\d+)", name)))
    for version in versions:
        table = f"view_{view.name}_v{version}"
        position: int | None = await connection.fetchval(STOOD, f"view:{view.name}:{version}")
        if version != versions[-1] or position is None:
            await connection.execute(f"DROP TABLE {table}")
            continue
        build = Build(view.name, version, 0)
        for (index,) in await connection.fetch(INDEXES, table):
            await connection.execute(f"ALTER INDEX {index} RENAME TO {index.replace(table, build.table)}")
        await connection.execute(f"ALTER TABLE {table} RENAME TO {build.table}")
        await builds.point(connection, view, build, position, days=False)
        return True
    return False
