"""Make a great load quick: indexes and references are taken down before it and built at once after it."""

from __future__ import annotations

import importlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from schema.guards import Index, Reference
from services.database import row_modules

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection

    import asyncpg

# Sorting an index of two hundred thousand rows fits into this.
BUILDING_MEMORY: Final = "256MB"


@asynccontextmanager
async def built_afterwards(
    connection: asyncpg.Connection[asyncpg.Record], tables: Collection[str]
) -> AsyncIterator[None]:
    """Do without the indexes and references of these tables; building them again checks every row.

    Inside a transaction, so that a load that fails leaves everything standing.
    """
    guards = sorted(_guards(tables), key=lambda guard: guard.order)
    await connection.execute(f"set local maintenance_work_mem = '{BUILDING_MEMORY}'")
    for guard in reversed(guards):
        await connection.execute(guard.backward())
    yield
    # Deferred checks that still wait would keep the tables from being altered.
    await connection.execute("set constraints all immediate")
    for guard in guards:
        await connection.execute(guard.forward())


def _guards(tables: Collection[str]) -> list[Index | Reference]:
    return [
        guard
        for module in row_modules()
        for guard in importlib.import_module(module).guards
        if isinstance(guard, Index | Reference) and guard.table in tables
    ]
