"""Our pool works through a real PgBouncer in transaction mode; only LISTEN needs the way past it."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import httpx2
import pytest

from deploy.drills.partners import asking
from deploy.drills.pgbouncer import KEPT_STATEMENTS, Pooler, manifest_parameters, version_of
from deploy.drills.services import ServiceProcess
from services.database import open_pool
from services.graphql.identities.watch import AccessWatch
from services.listening import ear_of
from services.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from deploy.drills.postgres import DrillPostgres
    from services.settings import Settings

pytestmark = pytest.mark.slow
LISTENING = (
    "select count(*) from pg_stat_activity where query like 'LISTEN%' and usename = 'khoosheh_service'"
)


@pytest.fixture
def pgbouncer(program: Callable[..., str]) -> str:
    return program("pgbouncer", "/usr/sbin/pgbouncer", why="the pooler of the manifests")


@contextmanager
def placed(program: str, server: DrillPostgres, **parameters: str) -> Iterator[Pooler]:
    """Run a pooler on a folder that its own user may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with Pooler(program, server, Path(folder), **parameters) as running:
            yield running


@pytest.fixture
def pooler(pgbouncer: str, filled_postgres: DrillPostgres) -> Iterator[Pooler]:
    """Put a PgBouncer with very few connections before the server, so that clients really share them."""
    with placed(pgbouncer, filled_postgres, default_pool_size="3") as running:
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


async def test_named_statements_work_where_the_pooler_keeps_them_or_gives_a_whole_session(
    pgbouncer: str, filled_postgres: DrillPostgres
) -> None:
    """The other way: from 1.21 on in transaction mode as in the manifests, before it with sessions."""
    keeps = version_of(pgbouncer) >= (1, 21)
    mode = {"pool_mode": "transaction" if keeps else "session", "default_pool_size": "20"}
    with placed(pgbouncer, filled_postgres, **mode) as running:
        named = read_settings(
            database_url=running.address(), database_statement_cache=100, database_pool_max=20
        )
        async with await open_pool(named) as opened:
            answers = await asyncio.gather(*(ask(opened, number) for number in range(300)))
            assert answers == [(number + 31, number) for number in range(300)]


async def hears(settings: Settings) -> bool:
    """Whether changes of access reach a process with these settings."""
    async with await open_pool(settings) as opened:
        watch = AccessWatch(opened, lambda: None, ear_of(settings, lambda: opened))
        try:
            await watch.open()
            return watch.hearing
        finally:
            await watch.close()


async def test_a_service_hears_past_the_pooler_and_not_through_it(
    pooler: Pooler, filled_postgres: DrillPostgres
) -> None:
    """Why the secrets of graphql and admin name the database itself beside the pooler."""
    pooled = {"database_url": pooler.address(), "database_statement_cache": 0}
    direct = filled_postgres.address(user="khoosheh_service")
    assert await hears(read_settings(**pooled)) is False
    assert await hears(read_settings(**pooled, database_direct_url=direct)) is True
    # A pod holds one connection of its own for each ear, and gives it back.
    async with asyncio.timeout(10):
        while "1" in filled_postgres.psql(LISTENING).split():  # noqa: ASYNC110 - only asking tells
            await asyncio.sleep(0.1)


async def test_the_graphql_service_and_its_subscriptions_work_behind_the_pooler(
    pooler: Pooler, filled_postgres: DrillPostgres, token: str, tmp_path: Path
) -> None:
    pod = ServiceProcess(
        "services.graphql", tmp_path / "pod.log", DATABASE_URL=pooler.address(), DATABASE_STATEMENT_CACHE="0",
        DATABASE_DIRECT_URL=filled_postgres.address(user="khoosheh_service"),
    )  # fmt: skip
    await asyncio.to_thread(pod.start)
    with pod.ended():
        async with asking(pod.port, token, per_second=20) as answers:
            heard = await heard_by_a_subscription(f"http://127.0.0.1:{pod.port}/graphql", token)
        assert "cluster.identified" in heard
        # One ear for changes of access, one for what happens; neither is behind the pooler.
        assert filled_postgres.psql(LISTENING).split() in (["1"], ["2"])
    assert set(answers.counts) == {"served"}, answers
    assert "not heard" not in pod.log.read_text(encoding="utf-8")


async def heard_by_a_subscription(address: str, token: str) -> str:
    """Follow what happens, let something happen through the pooler, and return what the stream says of it."""
    headers = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}
    async with (
        asyncio.timeout(60),
        httpx2.AsyncClient(timeout=60, headers=headers) as client,
        client.stream("POST", address, json={"query": "subscription { events { type } }"}) as stream,
    ):
        assert stream.status_code == 200
        creating = asyncio.create_task(create_cluster(address, token))
        async for line in stream.aiter_lines():
            if "type" in line:
                await creating
                return line
    return pytest.fail("the stream ended")


async def create_cluster(address: str, token: str) -> None:
    async with httpx2.AsyncClient(timeout=60, headers={"authorization": f"Bearer {token}"}) as client:
        found = await client.post(address, json={"query": "{ provinces(first: 1) { nodes { id } } }"})
        province = found.json()["data"]["provinces"]["nodes"][0]["id"]
        given = f'{{provinceId: "{province}", nameFa: "نو", nameEn: "New", slug: "heard"}}'
        command = f"mutation {{ createCluster(input: {given}) {{ problems {{ message }} }} }}"
        done = await client.post(address, json={"query": command})
        assert done.json()["data"]["createCluster"]["problems"] == []
