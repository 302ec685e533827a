"""Migrating: there, back and there again, alone, and never onto a database that is not ours."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, STDOUT

import asyncpg
import pytest

from schema.rows import AuditEntry, Event
from services import migrate as migrating
from services.database import DatabaseBusy, DatabaseNewer, DatabaseStale, transaction
from services.migrate import matches_rows, migrate, standing
from services.migration_file import collect_guards
from services.settings import Settings, read_settings

CATALOG = """
    select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable as thing
    from information_schema.columns where table_schema = 'public' and table_name <> 'tortoise_migrations'
    union all select 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid)
    from pg_constraint where connamespace = 'public'::regnamespace
      and conrelid <> 'tortoise_migrations'::regclass
    union all select 'index ' || indexdef from pg_indexes
    where schemaname = 'public' and tablename <> 'tortoise_migrations'
    union all select 'function ' || proname from pg_proc where pronamespace = 'public'::regnamespace
    order by 1
"""


def quiet(_words: str) -> None:
    """Say nothing."""


async def catalog(url: str) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        return [row["thing"] for row in await connection.fetch(CATALOG)]
    finally:
        await connection.close()


async def test_a_database_can_be_migrated_undone_and_migrated_again(empty_database_url: str) -> None:
    settings = read_settings(database_url=empty_database_url)
    await migrate(settings, say=quiet)
    first = await catalog(empty_database_url)
    await migrate(settings, target="zero", say=quiet)
    assert await catalog(empty_database_url) == []
    await migrate(settings, say=quiet)
    assert await catalog(empty_database_url) == first


async def test_three_migrators_at_once_migrate_one_after_the_other(empty_database_url: str) -> None:
    environment = {"DATABASE_URL": empty_database_url, "PATH": "/usr/bin:/bin"}
    migrators = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "services.migrate", env=environment, stdout=PIPE, stderr=STDOUT
        )
        for _ in range(3)
    ]
    outputs = [(await migrator.communicate())[0].decode() for migrator in migrators]
    assert [migrator.returncode for migrator in migrators] == [0, 0, 0], outputs
    assert sum("Applying 0001_initial" in output for output in outputs) == 1


async def test_every_guard_is_in_the_catalog_of_the_database(pool: asyncpg.Pool[asyncpg.Record]) -> None:
    there = {
        row["name"]
        for row in await pool.fetch(
            "select conname as name from pg_constraint union all select indexname from pg_indexes "
            "union all select table_name || '.' || column_name from information_schema.columns"
        )
    }
    missing = [guard.name for guard in collect_guards() if type(guard).__name__ != "Statement"]
    assert [name for name in missing if name not in there] == []


async def test_the_written_migration_is_what_the_rows_ask_for() -> None:
    assert await matches_rows()


async def test_a_database_of_a_newer_release_is_refused_and_left_alone(
    settings: Settings, pool: asyncpg.Pool[asyncpg.Record], database_url: str
) -> None:
    await pool.execute(
        "insert into tortoise_migrations (app, name, applied_at) values ('schema', '0999_later', now())"
    )
    before = await catalog(database_url)
    with pytest.raises(DatabaseNewer, match="0999_later"):
        await migrate(settings, say=quiet)
    assert await catalog(database_url) == before
    assert (await standing(pool)).unknown == ("0999_later",)


async def test_a_database_of_an_unreleased_state_is_refused(
    settings: Settings, pool: asyncpg.Pool[asyncpg.Record]
) -> None:
    await pool.execute("comment on table tortoise_migrations is 'something else'")
    with pytest.raises(DatabaseStale, match="var/postgres"):
        await migrate(settings, say=quiet)


async def test_a_table_in_use_makes_a_migration_wait_and_then_give_up_without_a_trace(
    settings: Settings,
    pool: asyncpg.Pool[asyncpg.Record],
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(migrating, "LOCK_TIMEOUT", "50ms")
    monkeypatch.setattr(migrating, "ATTEMPTS", 2)
    monkeypatch.setattr(migrating, "PAUSE", 0.01)
    before = await catalog(database_url)
    said: list[str] = []
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("select from event")
        with pytest.raises(DatabaseBusy, match="nothing was changed"):
            await migrate(settings, target="zero", say=said.append)
    assert sum("trying again" in words for words in said) == 2
    assert await catalog(database_url) == before


@pytest.mark.usefixtures("rows")
async def test_rows_and_statements_share_one_transaction(pool: asyncpg.Pool[asyncpg.Record]) -> None:
    class Change(Exception):
        """Undo everything."""

    async def change() -> None:
        async with transaction() as open_transaction:
            entry = await AuditEntry.create(
                using_db=open_transaction.rows,
                actor="test",
                action="test",
                entity="Cluster",
                entity_id="01990000-0000-7000-8000-000000000000",
                request_id="test",
            )
            seen = "select action from audit_entry where id = $1"
            assert await open_transaction.connection.fetchval(seen, entry.id) == "test"
            assert await pool.fetchval(seen, entry.id) is None
            raise Change

    with pytest.raises(Change):
        await change()
    assert await pool.fetchval("select count(*) from audit_entry") == 0


@pytest.mark.usefixtures("rows")
async def test_events_are_numbered_by_the_database(pool: asyncpg.Pool[asyncpg.Record]) -> None:
    for number in range(2):
        await Event.create(
            type=f"test.{number}",
            subject_type="Cluster",
            subject_id="01990000-0000-7000-8000-000000000000",
            actor="test",
            correlation_id="test",
        )
    rows = await pool.fetch("select type, sequence from event order by sequence")
    assert [row["type"] for row in rows] == ["test.0", "test.1"]
    assert rows[0]["sequence"] < rows[1]["sequence"]
