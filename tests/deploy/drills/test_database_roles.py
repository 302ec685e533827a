"""The roles the manifests create: the migrator builds, the service works on rows, the reader looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import pytest

from services.migrate import migrate
from services.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from deploy.drills.postgres import DrillPostgres

pytestmark = pytest.mark.slow
FORBIDDEN = (
    "create table public.mine (n int)",
    "create temporary table mine (n int)",
    "create schema mine",
    "create role mine",
    "drop table province",
    "alter table province add mine int",
    "truncate province",
    "alter system set fsync = off",
    "set role khoosheh_migrator",
)


async def migrated(server: DrillPostgres) -> None:
    await migrate(
        read_settings(database_url=server.address(user="khoosheh_migrator"), database_pool_min=1),
        say=lambda _words: None,
    )


async def test_each_role_may_do_its_work_and_no_more(roled_postgres: DrillPostgres) -> None:
    await migrated(roled_postgres)
    owners = roled_postgres.psql(
        "select distinct tableowner from pg_tables where schemaname = 'public'"
    ).split()
    assert owners == ["khoosheh_migrator"]
    tables = roled_postgres.psql("select tablename from pg_tables where schemaname = 'public'").split()
    assert {"province", "cluster"} <= set(tables)

    service = await asyncpg.connect(roled_postgres.address(user="khoosheh_service"))
    reader = await asyncpg.connect(roled_postgres.address(user="khoosheh_reader"))
    try:
        for table in tables:
            await service.fetch(f"select * from {table} limit 1")  # noqa: S608 - a name the database told us
            await reader.fetch(f"select * from {table} limit 1")  # noqa: S608
            await service.execute(f"delete from {table} where false")  # noqa: S608
            with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
                await reader.execute(f"delete from {table} where false")  # noqa: S608
        for connection in (service, reader):
            for forbidden in FORBIDDEN:
                with pytest.raises(asyncpg.PostgresError) as refused:
                    await connection.execute(forbidden)
                assert isinstance(
                    refused.value, asyncpg.InsufficientPrivilegeError | asyncpg.ReadOnlySQLTransactionError
                )
        # Being read-only is a habit the reader could change; the privileges behind it are not.
        await reader.execute("set default_transaction_read_only = off")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await reader.execute("delete from province where false")
        assert await service.fetchval("show statement_timeout") == "10s"
    finally:
        await service.close()
        await reader.close()


async def test_a_stranger_does_not_even_get_in(roled_postgres: DrillPostgres) -> None:
    roled_postgres.psql("create role stranger login")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(roled_postgres.address(user="stranger"))


async def test_preparing_the_roles_twice_changes_nothing(
    roled_postgres: DrillPostgres, manifests: Path
) -> None:
    ask = "select rolname, rolcanlogin, rolconfig from pg_roles where rolname like 'khoosheh%' order by 1"
    before = roled_postgres.psql(ask)
    roled_postgres.psql((manifests / "components" / "postgres" / "roles.sql").read_text(encoding="utf-8"))
    assert roled_postgres.psql(ask) == before
    assert before.count("khoosheh_") == 3
