"""PostgreSQL restarts in the middle of writing and delivering: what was acknowledged is there and arrives."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg
import httpx2
import pytest

from deploy.drills.postgres import DrillPostgres
from tests.events.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from tests.events.drills.conftest import Ground, Nursery, Program

    Eventually = Callable[..., Awaitable[None]]

pytestmark = pytest.mark.slow


@pytest.fixture
def own_postgres() -> Iterator[DrillPostgres]:
    """Start a server of this test's own, which others do not miss while it is away."""
    folder = Path(tempfile.mkdtemp(prefix="khoosheh-drill-"))
    server = DrillPostgres(folder / "server")
    server.create()
    server.start()
    server.psql("create database khoosheh", database="postgres")
    subprocess.run(
        [sys.executable, "-m", "services.migrate"], cwd=ROOT, check=True, capture_output=True, timeout=300,
        env={**os.environ, "DATABASE_URL": server.address()},
    )  # fmt: skip
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database_url(own_postgres: DrillPostgres) -> str:
    """Have everything of this test use that server."""
    return own_postgres.address()


async def test_a_database_that_restarts_in_the_middle_loses_nothing_and_is_found_again(
    own_postgres: DrillPostgres,
    ground: Callable[[int], Any],
    program_receiver: Program,
    nursery: Nursery,
    eventually: Eventually,
    figure: Callable[[str], None],
) -> None:
    place: Ground = await ground(5)
    workers = [await nursery.bear(), await nursery.bear()]
    for worker in workers:
        await worker.ready()

    async def write() -> None:
        for turn in range(150):
            try:
                await place.happen(place.clusters[turn % 5])
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
                await asyncio.sleep(0.2)
            await asyncio.sleep(0.02)

    writing = asyncio.create_task(write())
    await asyncio.sleep(1)
    await asyncio.to_thread(own_postgres.stop)
    await asyncio.sleep(1)
    await asyncio.to_thread(own_postgres.start)
    back = time.monotonic()

    async def ready() -> bool:
        async with httpx2.AsyncClient() as client:
            answers = [await client.get(f"http://127.0.0.1:{worker.port}/ready") for worker in workers]
        return all(answer.status_code == 200 for answer in answers)

    await eventually(ready, 30)
    recovered = time.monotonic() - back
    await writing
    await eventually(place.done, 60)
    assert all(worker.lives() for worker in workers)

    acknowledged = {event for found in place.sent.values() for event in found}
    # A commit whose answer was lost counts too.
    rows = await place.country.pool.fetch("select id, cluster_id from event order by sequence")
    assert acknowledged <= {row["id"] for row in rows}
    assert acknowledged
    for cluster in place.clusters:
        place.sent[cluster] = [row["id"] for row in rows if row["cluster_id"] == cluster]
    posts, doubled = place.judge(await program_receiver.posts())
    figure(f"PostgreSQL restarted: both workers ready {recovered:.1f} s later, {doubled} of {posts} doubled")
    assert recovered < 10
