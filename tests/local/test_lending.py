"""Connections kept at hand for reads: nobody is kept waiting by them, and none of them is lost."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from services.database import open_pool
from services.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from services.lending import Pool

PATIENCE = 20.0
MINE = "select pg_backend_pid()"


@asynccontextmanager
async def pool_of(address: str, most: int) -> AsyncIterator[Pool]:
    """Open a pool; that it closes again proves that it has every connection back."""
    pool = await open_pool(read_settings(database_url=address, database_pool_min=0, database_pool_max=most))
    try:
        yield pool
    finally:
        async with asyncio.timeout(PATIENCE):
            await pool.close()


async def test_the_next_read_goes_on_with_the_connection_of_the_last(module_database_url: str) -> None:
    async with pool_of(module_database_url, 4) as pool:
        first = await pool.read(MINE)
        async with pool.acquire() as other:
            assert await other.fetchval(MINE) != first
            assert await pool.read(MINE) == first


@pytest.mark.parametrize(("longest", "kept"), [(1_000, 0), (100_000, 1)])
async def test_a_statement_is_kept_prepared_up_to_a_length(
    module_database_url: str, longest: int, kept: int
) -> None:
    settings = read_settings(database_url=module_database_url, database_pool_min=0)
    async with await open_pool(settings, longest_kept=longest) as pool:
        long = f"select 'a page' /* {'that asks much ' * 200} */"
        await pool.read(long)
        prepared = "select count(*) from pg_prepared_statements where statement = $1"
        assert await pool.read(prepared, long) == kept


async def test_writes_find_half_of_the_connections_however_much_was_read(module_database_url: str) -> None:
    async with pool_of(module_database_url, 4) as pool, asyncio.timeout(PATIENCE):
        await asyncio.gather(*(pool.read("select 1 from pg_sleep(0.05)") for _ in range(12)))
        writing = [await pool.acquire(), await pool.acquire()]
        for connection in writing:
            await pool.release(connection)


async def test_a_read_that_ends_lets_the_one_that_waits_go_on(module_database_url: str) -> None:
    async with pool_of(module_database_url, 2) as pool, asyncio.timeout(PATIENCE), pool.acquire():
        reads = (pool.read("select $1::int", one) for one in range(6))
        assert await asyncio.gather(*reads) == [*range(6)]


async def test_a_read_nobody_waits_for_is_stopped_and_its_connection_serves_again(
    module_database_url: str,
) -> None:
    async with pool_of(module_database_url, 1) as pool, asyncio.timeout(PATIENCE):
        reading = asyncio.create_task(pool.read("select 1 from pg_sleep(3600)"))
        await asyncio.sleep(0.05)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert await pool.read("select 7") == 7


async def test_a_connection_lost_while_it_waited_is_replaced(module_database_url: str) -> None:
    async with pool_of(module_database_url, 2) as pool, asyncio.timeout(PATIENCE):
        lost = await pool.read(MINE)
        async with pool.acquire() as other:
            await other.execute("select pg_terminate_backend($1, 5000)", lost)
            await asyncio.sleep(0.05)
            assert await pool.read(MINE) not in {lost, await other.fetchval(MINE)}
