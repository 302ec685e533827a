"""The sample behind the real engine, for what goes through all kinds of things and leaves them as they are."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from schema.viewers import Viewer
from schema.vocabulary import UserRole
from services.database import close_rows, open_pool, open_rows
from services.sample.load import copy_sample
from services.sample.progress import silent
from services.settings import read_settings
from tests.world import Api

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from services.graphql.engine import Engine


@pytest.fixture(scope="module")
def sample_url(module_database_url: str) -> str:
    """Fill a database with the sample once; refused and empty commands leave it as it is."""

    async def fill() -> None:
        pool = await open_pool(read_settings(database_url=module_database_url, database_pool_min=1))
        async with pool.acquire() as connection:
            await copy_sample(connection, silent)
        await pool.close()

    asyncio.run(fill())
    return module_database_url


@pytest.fixture
async def sampled(sample_url: str, contract_engine: Engine) -> AsyncIterator[Api]:
    """Ask about the sample as the national administrator."""
    settings = read_settings(database_url=sample_url, database_pool_min=1)
    pool = await open_pool(settings)
    await open_rows(settings, pool=pool)
    contract_engine.settings = settings
    await contract_engine.open(pool)
    viewer = Viewer(
        role=UserRole.NATIONAL_ADMINISTRATOR, actor="national administrator (test)", language="en"
    )
    yield Api(contract_engine, pool, viewer, contract_engine.now())
    await close_rows()
    await pool.close()
