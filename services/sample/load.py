"""Load the sample: everything at once or nothing, and nothing when it is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.database import open_pool
from services.sample.lorestan.facts import SLUG
from services.sample.lorestan.story import add_lorestan
from services.sample.national.load import load_scale
from services.sample.papers import write_papers
from services.sample.progress import silent
from services.sample.provinces.story import add_provinces
from services.sample.reference import add_reference, has_reference
from services.sample.sheets import Sheets
from services.storage import open_storage

if TYPE_CHECKING:
    import asyncpg

    from services.sample.progress import Progress
    from services.settings import Settings


async def load_sample(settings: Settings, progress: Progress) -> bool:
    """Load the Lorestan cluster and one cluster for every other province; return whether it was needed."""
    pool = await open_pool(settings)
    try:
        async with pool.acquire() as connection:
            sheets = await copy_sample(connection, progress)
        if sheets is not None:
            await write_papers(open_storage(settings), sheets)
        return sheets is not None
    finally:
        await pool.close()


async def copy_sample(connection: asyncpg.Connection[asyncpg.Record], progress: Progress) -> Sheets | None:
    """Load the sample on a connection of one's own; return what was loaded, if it was needed."""
    async with connection.transaction():
        await connection.execute("set local statement_timeout = 0")
        # Two loaders at once would both find nothing; the second one waits here and then finds it all.
        await connection.execute("lock table province in share row exclusive mode")
        if await connection.fetchval("select 1 from cluster where slug = $1", SLUG):
            return None
        sheets = Sheets()
        if not await has_reference(connection):
            add_reference(sheets)
        add_lorestan(sheets)
        add_provinces(sheets)
        await sheets.copy(connection, progress)
    await connection.execute("analyze")
    return sheets


async def load_reference(settings: Settings) -> bool:
    """Load what every installation starts from, without any cluster; return whether it was needed."""
    pool = await open_pool(settings)
    try:
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute("lock table province in share row exclusive mode")
            if await has_reference(connection):
                return False
            sheets = Sheets()
            add_reference(sheets)
            await sheets.copy(connection, silent)
            return True
    finally:
        await pool.close()


async def load_national(settings: Settings, scale: int, progress: Progress) -> bool:
    """Load the national data set; return whether it was needed."""
    pool = await open_pool(settings)
    try:
        async with pool.acquire() as connection:
            return await load_scale(connection, scale, progress)
    finally:
        await pool.close()
