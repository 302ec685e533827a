"""Opens an engine with everything beneath it, and closes it all again."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from services.database import LONGEST_KEPT, close_rows, open_pool, open_rows
from services.graphql.engine import Engine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from services.settings import Settings


@asynccontextmanager
async def open_engine(settings: Settings, *, longest_kept: int = LONGEST_KEPT) -> AsyncIterator[Engine]:
    """Open pool, rows and engine for as long as the block lasts; statements up to a length are kept prepared."""
    pool = await open_pool(settings, longest_kept=longest_kept)
    try:
        await open_rows(settings, pool=pool)
        engine = Engine(settings)
        await engine.open(pool)
        yield engine
    finally:
        await close_rows()
        await pool.close()
