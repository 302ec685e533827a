"""Bring the database to this release: one migrator at a time, all or nothing, and back again."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import asyncpg
from tortoise.exceptions import OperationalError
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget

from services.database import (
    DatabaseBusy,
    DatabaseNewer,
    DatabaseStale,
    close_rows,
    open_pool,
    open_rows,
    row_settings,
    transaction,
)
from services.migration_file import FIRST, PATH, first_migration
from services.migration_order import awaited_migrations, known_migrations, locked_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.database import Transaction
    from services.settings import Settings

APP: Final = "schema"
NOTHING: Final = "zero"
POST: Final = "post"
RECORD: Final = "tortoise_migrations"
# Any number will do, as long as every migrator of every release asks for the same lock.
LOCK: Final = 0x6B686F6F73686568 & 0x7FFFFFFFFFFFFFFF
LOCK_TIMEOUT: Final = "4s"
ATTEMPTS: Final = 15
PAUSE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a database stands: what it still needs, and what it has that this code does not know."""

    applied: tuple[str, ...]
    pending: tuple[str, ...]
    unknown: tuple[str, ...]
    # What may be taken away once no pod of the release before runs any more.
    later: tuple[str, ...] = ()

    @property
    def current(self) -> bool:
        """Whether this code can work with the database."""
        return not self.pending and not self.unknown


async def standing(connection: Any) -> Standing:  # noqa: ANN401 - a connection or a pool of asyncpg
    """Compare the migrations a database has with those of this release."""
    applied: tuple[str, ...] = ()
    if await connection.fetchval("select to_regclass($1) is not null", RECORD):
        rows = await connection.fetch(f"select name from {RECORD} where app = $1 order by name", APP)  # noqa: S608 - a constant
        applied = tuple(row["name"] for row in rows)
    known, awaited = known_migrations(), awaited_migrations()
    return Standing(
        applied=applied,
        pending=tuple(name for name in awaited if name not in applied),
        later=tuple(name for name in known[len(awaited) :] if name not in applied),
        unknown=tuple(name for name in applied if name not in known),
    )


async def migrate(
    settings: Settings,
    *,
    target: str | None = None,
    url: str | None = None,
    say: Callable[[str], object] = print,
) -> Standing:
    """Apply what is pending, or go to `target` (`zero` for an empty database), and return the standing.

    The target `post` applies as well what may run only after the last pod of the release before has gone.
    """
    pool = await open_pool(settings, url=url)
    if target is None and await _up_to_date(pool):
        found = await standing(pool)
        await pool.close()
        return found
    await open_rows(settings, pool=pool)
    try:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await _migrate_once(target, say)
            except (OperationalError, asyncpg.LockNotAvailableError) as error:
                if not _is_lock_timeout(error):
                    raise
                say(f"Others use what must change; trying again ({attempt} of {ATTEMPTS}).")
                await asyncio.sleep(PAUSE)
        raise DatabaseBusy(
            "The tables to migrate stayed in use; nothing was changed: try again when there is less traffic."
        )
    finally:
        await close_rows()
        await pool.close()


async def is_current(settings: Settings) -> bool:
    """Return whether the database at DATABASE_URL needs no migration."""
    async with await open_pool(settings) as pool:
        return await _up_to_date(pool)


async def _up_to_date(pool: asyncpg.Pool[asyncpg.Record]) -> bool:
    """Return whether there is nothing to do, which is most of the time and should cost nothing."""
    return (await standing(pool)).current and await _made_by(pool) == fingerprint()


async def _made_by(connection: Any) -> str | None:  # noqa: ANN401 - a connection or a pool of asyncpg
    """Return the digest of the first migration that made this database."""
    note: str | None = await connection.fetchval(
        "select obj_description(to_regclass($1)::oid, 'pg_class')", RECORD
    )
    return note


async def _migrate_once(target: str | None, say: Callable[[str], object]) -> Standing:
    """Migrate in one transaction, so that a failure or a crash leaves the database as it was."""
    async with transaction() as open_transaction:
        connection = open_transaction.connection
        await connection.execute("set local statement_timeout = 0")
        await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
        # Waiting for another migrator is fine; holding up everybody's requests is not.
        await connection.execute(f"set local lock_timeout = '{LOCK_TIMEOUT}'")
        before = await standing(connection)
        await _refuse_strangers(open_transaction, before)
        if target is None and not before.pending:
            # Somebody else was quicker; going to the last awaited one would undo what came after it.
            return before
        await _take_tables(connection, before, target)
        executor = MigrationExecutor(open_transaction.rows, row_settings()["apps"])
        # The record of what is applied must exist before Tortoise looks, or its look would fail
        # and take the transaction with it.
        await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))  # noqa: SLF001 - no public way
        await executor.migrate([_target(target)], progress=lambda event, _, name: _tell(say, event, name))
        await connection.execute(f"comment on table {RECORD} is '{fingerprint()}'")
        return await standing(connection)


async def _take_tables(connection: Any, before: Standing, target: str | None) -> None:  # noqa: ANN401 - as above
    """Take every table that will change before changing any, and wait for the first alone.

    Waiting for a table while holding another could end in a deadlock, whose victim would be somebody's request.

    Raises:
        asyncpg.LockNotAvailableError: somebody uses one of them; nothing is held any more after the rollback.
    """
    wanted = _target(target).name
    moving = [
        name
        for name in known_migrations()
        if name != FIRST and (name in before.applied) != _within(name, wanted)
    ]
    waiting = ""
    for table in locked_tables(moving):
        if await connection.fetchval("select to_regclass($1) is not null", table):
            await connection.execute(f'lock table "{table}" in access exclusive mode{waiting}')
            waiting = " nowait"


def _within(name: str, wanted: str) -> bool:
    """Whether a migration is applied once the database is at the wanted one."""
    return wanted == "__latest__" or (wanted != "__first__" and name <= wanted)


async def _refuse_strangers(open_transaction: Transaction, before: Standing) -> None:
    """Refuse a database of a later release, and one of a first migration that was never released."""
    if before.unknown:
        raise DatabaseNewer(
            f"The database was migrated by a newer release (it has {', '.join(before.unknown)}); "
            "run that release or a later one, or restore a backup made before it."
        )
    if FIRST in before.applied and await _made_by(open_transaction.connection) != fingerprint():
        raise DatabaseStale(
            "The database was made by an unreleased state of this code; "
            "make a new one (the embedded one: remove var/postgres) and start again."
        )


def fingerprint() -> str:
    """Return the digest of the first migration, which may still change until the first release."""
    return hashlib.sha256(PATH.read_bytes()).hexdigest()


def _target(name: str | None) -> MigrationTarget:
    named = {None: awaited_migrations()[-1], POST: "__latest__", NOTHING: "__first__"}
    return MigrationTarget(APP, named.get(name, name or ""))


def _tell(say: Callable[[str], object], event: str, name: str) -> None:
    words = {"apply_start": f"Applying {name} …", "rollback_start": f"Undoing {name} …"}
    if event in words:
        say(words[event])


def _is_lock_timeout(error: BaseException) -> bool:
    """Tell a lock that could not be had in time, which Tortoise wraps, from all other failures."""
    return isinstance(error, asyncpg.LockNotAvailableError) or any(
        isinstance(argument, asyncpg.LockNotAvailableError) for argument in error.args
    )


async def generate() -> bool:
    """Write the first migration anew from the rows; return whether it changed."""
    text = await first_migration()
    if PATH.exists() and PATH.read_text(encoding="utf-8") == text:
        return False
    PATH.write_text(text, encoding="utf-8")
    return True


async def matches_rows() -> bool:
    """Return whether the written migration is what the rows ask for."""
    return PATH.exists() and PATH.read_text(encoding="utf-8") == await first_migration()


if __name__ == "__main__":
    from services.migrate_command import command

    command()
