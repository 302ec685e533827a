"""The only opener of database connections: a pool for compiled reads, and the same pool for rows."""

from __future__ import annotations

import importlib.util
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import asyncpg
from tortoise import Tortoise
from tortoise.context import set_global_context
from tortoise.transactions import in_transaction

from services.lending import Pool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tortoise.backends.base.client import TransactionalDBClient
    from tortoise.context import TortoiseContext

    from services.settings import Settings

APPLICATION: Final = "khoosheh"
CONNECTION: Final = "default"
OLDEST, NEWEST = 16, 18
# The longest statement that is kept prepared, in characters, as asyncpg has it; a longer one is planned each time.
# A kept plan takes some 120 bytes of the server's memory for each character, in every connection.
LONGEST_KEPT: Final = 15 * 1024
SCHEMA: Final = Path(__file__).resolve().parent.parent / "schema"
# Tortoise works out from the row classes what it can ask of them; once in a process is enough.
_DESCRIBED: Final[list[TortoiseContext]] = []


class DatabaseProblem(Exception):
    """The database cannot be used; the message is one sentence with the remedy."""


class DatabaseUnreachable(DatabaseProblem):
    """Nobody answers at the address, or the server turns us away."""


class DatabaseUnsupported(DatabaseProblem):
    """The server is not a PostgreSQL release we are tested with."""


class DatabaseBusy(DatabaseProblem):
    """Others hold what a migration needs to change."""


class DatabaseStale(DatabaseProblem):
    """The database is behind this release, or was made by a state of this code that was never released."""


class DatabaseNewer(DatabaseProblem):
    """The database was migrated by a later release than this code."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """One open transaction, seen by Tortoise (`using_db=transaction.rows`) and by compiled statements."""

    rows: TransactionalDBClient
    connection: asyncpg.Connection[asyncpg.Record]


async def open_pool(settings: Settings, *, url: str | None = None, longest_kept: int = LONGEST_KEPT) -> Pool:
    """Open the pool of connections after making sure that the server is one we support."""
    address = url or settings.require_database_url()
    require_postgresql(address)
    try:
        pool = Pool(address, **connection_options(settings), max_cacheable_statement_size=longest_kept)
        await pool
        async with pool.acquire() as connection:
            major = connection.get_server_version().major
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        raise DatabaseUnreachable(_unreachable(address, error)) from error
    try:
        require_supported(major)
    except DatabaseUnsupported:
        # No farewell: who speaks another dialect may never answer it.
        pool.terminate()
        raise
    return pool


def connection_options(settings: Settings) -> dict[str, Any]:
    """Return what every pool of ours has in common."""
    return {
        "min_size": min(settings.database_pool_min, settings.database_pool_max),
        "max_size": settings.database_pool_max,
        "timeout": settings.database_connect_timeout,
        "statement_cache_size": settings.database_statement_cache,
        # A connection is never given session state, so the usual reset on release would cost a
        # round trip per request for nothing.
        "reset": _keep,
        "server_settings": {
            "application_name": APPLICATION,
            "DateStyle": "ISO, YMD",
            "TimeZone": "UTC",
            "jit": "off",
            "statement_timeout": str(int(settings.database_statement_timeout * 1000)),
        },
    }


async def _keep(connection: asyncpg.Connection[asyncpg.Record]) -> None:
    """Leave a released connection as it is."""


def require_postgresql(address: str) -> None:
    """Refuse an address that is not one of a PostgreSQL server, without repeating the password it may hold."""
    if urlsplit(address).scheme not in ("postgresql", "postgres"):
        raise DatabaseUnreachable(
            "DATABASE_URL is no address of a PostgreSQL server; write it as "
            "postgresql://user:password@host:5432/database, or unset it to use the embedded one."
        )


def require_supported(major: int) -> None:
    """Refuse a server release we are not tested with, by name."""
    if not OLDEST <= major <= NEWEST:
        raise DatabaseUnsupported(
            f"The server at DATABASE_URL is PostgreSQL {major}; "
            f"Khoosheh needs {OLDEST} to {NEWEST}: use such a server, or unset it to run the embedded one."
        )


def _unreachable(address: str, error: BaseException) -> str:
    """Say which server does not answer and why, without the password of its address."""
    parts = urlsplit(address)
    place = f"{parts.hostname or 'the local socket'}{f':{parts.port}' if parts.port else ''}{parts.path}"
    reason = str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else type(error).__name__
    return (
        f"The database at {place} cannot be reached ({reason}); "
        "check DATABASE_URL and that the server runs, or unset it to use the embedded one."
    )


def row_modules() -> list[str]:
    """Return the modules of all rows: `schema.rows` and `schema.<noun>.rows`, in a stable order."""
    found = sorted(path.parent.name for path in SCHEMA.glob("*/rows.py"))
    shared = ["schema.rows"] if (SCHEMA / "rows.py").exists() else []
    return [*shared, *(f"schema.{noun}.rows" for noun in found)]


def row_settings(pool: asyncpg.Pool[asyncpg.Record] | None = None, *, owned: bool = False) -> dict[str, Any]:
    """Return Tortoise's configuration: our rows, our pool, its own migrations."""
    app: dict[str, Any] = {"models": row_modules(), "default_connection": CONNECTION}
    if importlib.util.find_spec("schema.migrations") is not None:
        app["migrations"] = "schema.migrations"
    return {
        "connections": {
            CONNECTION: {
                "engine": "services.rows_connection",
                "credentials": {"pool": pool, "owned": owned},
            }
        },
        "apps": {"schema": app},
        "use_tz": True,
        "timezone": "UTC",
    }


async def open_rows(settings: Settings, *, pool: asyncpg.Pool[asyncpg.Record] | None = None) -> None:
    """Bind the rows to the database, on the given pool (which stays the caller's) or on one of their own."""
    found = row_settings(pool or await open_pool(settings), owned=pool is None)
    if not _DESCRIBED:
        # Requests run in other tasks than the lifespan that opens the rows.
        _DESCRIBED.append(await Tortoise.init(config=found, _enable_global_fallback=True))
        return
    (context,) = _DESCRIBED
    await context.close_connections()
    await context.connections._init(found["connections"], create_db=False)  # noqa: SLF001 - the part of init that differs
    set_global_context(context)


async def close_rows() -> None:
    """Unbind the rows, and close their pool if it was theirs alone."""
    for context in _DESCRIBED:
        await context.close_connections()


@asynccontextmanager
async def transaction() -> AsyncIterator[Transaction]:
    """Open one transaction for rows and compiled statements alike; leaving by an exception undoes both."""
    async with in_transaction(CONNECTION) as rows:
        yield Transaction(rows=rows, connection=rows._connection)  # noqa: SLF001 - the seam Tortoise leaves
