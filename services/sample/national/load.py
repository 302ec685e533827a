"""Load the national data set: made in portions, copied in one transaction, analysed at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.sample.national import size
from services.sample.national.clusters import National, add_clusters
from services.sample.national.members import add_members
from services.sample.national.plans import add_plans
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
        count = size.CLUSTERS * scale
        sheets = Sheets()
        if not await has_reference(connection):
            add_reference(sheets)
        add_clusters(sheets, count)
        for number in range(1, count + 1):
            one = National(number)
            add_members(sheets, one)
            add_plans(sheets, one)
        await sheets.copy(connection, progress)
    await connection.execute("analyze")
    return True
