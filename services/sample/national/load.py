"""Load the national data set: made in portions, copied in one transaction, analysed at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.sample.national import size
from services.sample.national.bulk import built_afterwards
from services.sample.national.clusters import National, add_clusters
from services.sample.national.members import add_members
from services.sample.national.plans import add_all_plans
from services.sample.reference import add_reference, has_reference
from services.sample.sheets import Sheets

if TYPE_CHECKING:
    import asyncpg

    from services.sample.progress import Progress


async def load_scale(connection: asyncpg.Connection[asyncpg.Record], scale: int, progress: Progress) -> bool:
    """Load `scale` times a thousand clusters and what belongs to them; return whether it was needed."""
    async with connection.transaction():
        await connection.execute("set local statement_timeout = 0")
        await connection.execute("lock table province in share row exclusive mode")
        if await connection.fetchval("select 1 from cluster where slug like 'national-%' limit 1"):
            return False
        sheets = Sheets()
        if not await has_reference(connection):
            add_reference(sheets)
        clusters = [National.numbered(number) for number in range(1, size.CLUSTERS * scale + 1)]
        add_clusters(sheets, clusters)
        for one in clusters:
            add_members(sheets, one)
        add_all_plans(sheets, clusters)
        async with built_afterwards(connection, sheets.tables):
            await sheets.copy(connection, progress)
    await connection.execute("analyze")
    return True
