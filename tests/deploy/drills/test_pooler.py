"""Our pool works through a real PgBouncer in transaction mode; only LISTEN needs the way past it."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest

from deploy.drills.pgbouncer import KEPT_STATEMENTS, Pooler, manifest_parameters, version_of
from services.database import open_pool
from services.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from deploy.drills.postgres import DrillPostgres

pytestmark = pytest.mark.slow


@pytest.fixture
def pgbouncer(program: Callable[..., str]) -> str:
    return program("pgbouncer", "/usr/sbin/pgbouncer", why="the pooler of the manifests")


@pytest.fixture
def pooler(pgbouncer: str, filled_postgres: DrillPostgres) -> Iterator[Pooler]:
    """Put a PgBouncer with very few connections before the server, so that clients really share them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with Pooler(pgbouncer, filled_postgres, Path(folder), default_pool_size="3") as running:
            yield running


@pytest.fixture
async def pool(pooler: Pooler) -> AsyncIterator[asyncpg.Pool[asyncpg.Record]]:
    """Open our own pool through it, with the setting for a pooler that keeps no statements."""
    opened = await open_pool(
        read_settings(database_url=pooler.address(), database_statement_cache=0, database_pool_max=20)
    )
    yield opened
    await opened.close()


async def ask(pool: asyncpg.Pool[asyncpg.Record], number: int) -> tuple[int, int]:
    async with pool.acquire() as connection, connection.transaction():
        first = await connection.fetchval("select $1::int + count(*)::int from province", number)
        second = await connection.fetchval("select $1::int from cluster limit 1", number)
        return int(first), int(second)


async def test_many_clients_share_few_connections_without_mixing_answers(
    pool: asyncpg.Pool[asyncpg.Record], filled_postgres: DrillPostgres
) -> None:
    answers = await asyncio.gather(*(ask(pool, number) for number in range(600)))
    assert answers == [(number + 31, number) for number in range(600)]
    used = filled_postgres.psql("select count(*) from pg_stat_activity where usename = 'khoosheh_service'")
    assert 1 <= int(used) <= 3


async def test_the_statement_time_limit_holds_behind_the_pooler_too(
    pool: asyncpg.Pool[asyncpg.Record],
) -> None:
    """A pooler passes no session settings on, so roles.sql gives them to the role."""
    assert await pool.fetchval("show statement_timeout") == "10s"
    assert await pool.fetchval("show jit") == "off"


async def test_a_cache_of_statements_breaks_behind_an_old_pooler(pooler: Pooler, pgbouncer: str) -> None:
    """Why the setting exists: with named statements an older PgBouncer answers with errors."""
    if version_of(pgbouncer) >= (1, 21):
        pytest.skip("this PgBouncer keeps prepared statements")
    opened = await open_pool(
        read_settings(database_url=pooler.address(), database_statement_cache=100, database_pool_max=20)
    )
    try:
        answers = await asyncio.gather(
            *(ask(opened, number) for number in range(300)), return_exceptions=True
        )
        broken = (asyncpg.InvalidSQLStatementNameError, asyncpg.DuplicatePreparedStatementError)
        assert any(isinstance(answer, broken) for answer in answers)
    finally:
        opened.terminate()


def test_the_manifests_pooler_keeps_more_statements_than_our_cache_holds() -> None:
    """From 1.21 on PgBouncer renames statements per client; it must keep as many as we do."""
    parameters = manifest_parameters()
    assert parameters["pool_mode"] == "transaction"
    assert int(parameters[KEPT_STATEMENTS]) >= read_settings().database_statement_cache


def test_the_pooler_ignores_every_session_setting_we_send(filled_postgres: DrillPostgres) -> None:
    """It refuses the connection of a client that sends one it neither tracks nor ignores."""
    from services.database import connection_options  # noqa: PLC0415 - only this test looks inside

    sent = connection_options(read_settings(database_url=filled_postgres.address()))["server_settings"]
    tracked = {"application_name", "client_encoding", "DateStyle", "TimeZone", "standard_conforming_strings"}
    ignored = set(manifest_parameters()["ignore_startup_parameters"].split(","))
    assert set(sent) <= tracked | ignored
    kept_by_role = filled_postgres.psql("select rolconfig from pg_roles where rolname = 'khoosheh_service'")
    for name in set(sent) - tracked:
        assert f"{name}=" in kept_by_role


async def test_listening_works_past_the_pooler_and_not_through_it(
    pooler: Pooler, filled_postgres: DrillPostgres
) -> None:
    """Why the notification workers' secret names the database itself."""
    heard: asyncio.Queue[str] = asyncio.Queue()
    direct = await asyncpg.connect(filled_postgres.address(user="khoosheh_service"), statement_cache_size=0)
    pooled = await asyncpg.connect(pooler.address(), statement_cache_size=0)
    try:
        await direct.add_listener("drill", lambda *said: heard.put_nowait(f"direct {said[-1]}"))
        await pooled.add_listener("drill", lambda *said: heard.put_nowait(f"pooled {said[-1]}"))
        filled_postgres.psql("notify drill, 'event'")
        assert await asyncio.wait_for(heard.get(), 10) == "direct event"
        # The session that listened for the pooled client is nobody's between its transactions.
        await asyncio.sleep(0.5)
        assert heard.empty()
    finally:
        await direct.close()
        pooled.terminate()
