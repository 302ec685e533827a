"""The next release migrates a country's data while people read and write; the old release goes on."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest

from deploy.drills import releases
from deploy.drills.partners import asking
from deploy.drills.postgres import DrillPostgres
from deploy.drills.services import ServiceProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def country(
    installed_folder: Path, run_module: Callable[..., str], length: Callable[[int, int], int]
) -> Iterator[DrillPostgres]:
    """Give a server with the national data set (1,000 clusters, 200,000 stakeholders), or with the sample."""
    folder = Path(tempfile.mkdtemp(prefix="khoosheh-drill-"))
    server = DrillPostgres(folder / "country")
    server.adopt(installed_folder)
    server.start()
    # A great load drops and builds indexes, which only the owner of the tables may.
    size = ("--scale", "1") if length(0, 1) else ()
    run_module(server.address(user="khoosheh_migrator"), "services.sample", *size)
    yield server
    server.discard()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def next_release(repository: Path, tmp_path: Path) -> Path:
    """Give the code of the next release, with a migration before its pods and one after."""
    return releases.next_release(repository, tmp_path)


async def migrate(release: Path, server: DrillPostgres, *arguments: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.migrate", *arguments, cwd=release,
        env={**os.environ, "DATABASE_URL": server.address(user="khoosheh_migrator")},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await asyncio.wait_for(process.communicate(), 180)
    assert process.returncode == 0, said.decode()
    return said.decode()


@asynccontextmanager
async def writing(server: DrillPostgres) -> AsyncIterator[list[float]]:
    """Change a cluster and a stakeholder again and again, as the service; remember how long each took."""
    took: list[float] = []
    stopping = asyncio.Event()
    connection = await asyncpg.connect(server.address(user="khoosheh_service"))

    async def keep_writing() -> None:
        clock = asyncio.get_running_loop().time
        while not stopping.is_set():
            began = clock()
            async with connection.transaction():
                for table in ("cluster", "stakeholder"):
                    await connection.execute(
                        f"update {table} set revision = revision + 1"  # noqa: S608 - two names of ours
                        f" where id = (select id from {table} order by id limit 1)"
                    )
            took.append(clock() - began)
            await asyncio.sleep(0.02)

    task = asyncio.create_task(keep_writing())
    try:
        yield took
    finally:
        stopping.set()
        await task
        await connection.close()


def waiting(server: DrillPostgres) -> int:
    """Count who waits for the whole table, as only the migrator does."""
    return int(
        server.psql(
            "select count(*) from pg_locks where not granted and mode = 'AccessExclusiveLock'"
            " and relation = 'cluster'::regclass"
        )
    )


async def until(true: Callable[[], bool], *, seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(true):  # noqa: ASYNC110 - only asking tells
            await asyncio.sleep(0.05)


async def test_a_migration_under_traffic_fails_nobody_and_the_old_release_works_on(
    country: DrillPostgres, next_release: Path, token_for: Callable[[DrillPostgres], str],
    repository: Path, tmp_path: Path,
) -> None:  # fmt: skip
    if "0002_drill" in country.psql("select name from tortoise_migrations"):
        await migrate(next_release, country, "--to", "0001_initial")
    token = await asyncio.to_thread(token_for, country)
    address = country.address(user="khoosheh_service")
    old = ServiceProcess("services.graphql", tmp_path / "old.log", DATABASE_URL=address)
    await asyncio.to_thread(old.start)
    with old.ended():
        async with asking(old.port, token, per_second=20) as answers, writing(country) as took:
            await asyncio.sleep(1)
            # Three Jobs at once do the work once.
            said = await asyncio.gather(*(migrate(next_release, country) for _ in range(3)))
            assert sum("Applying 0002_drill" in words for words in said) == 1
            await asyncio.sleep(1)
            # Somebody's long report keeps a table: the migrator lets the others pass and tries again.
            report = await asyncpg.connect(address)
            await report.execute("begin; lock table cluster in access share mode")
            back = asyncio.create_task(migrate(next_release, country, "--to", "0001_initial"))
            await until(lambda: waiting(country) > 0)
            await until(lambda: waiting(country) == 0)
            await report.execute("rollback")
            await report.close()
            assert "trying again" in await back
            await migrate(next_release, country)
        assert set(answers.counts) == {"served"}, answers
        assert answers.counts["served"] > 100
        assert len(took) > 20
        # Nobody waits longer than the migrator may hold them up.
        assert answers.longest < 8
        assert max(took) < 8
        # A pod of the old release that restarts on the new tables comes up and serves.
        assert "ready for this release" in await migrate(repository, country, "--wait", "5")
        restarted = ServiceProcess("services.graphql", tmp_path / "restarted.log", DATABASE_URL=address)
        await asyncio.to_thread(restarted.start)
        with restarted.ended():
            async with asking(restarted.port, token, per_second=20) as later:
                await asyncio.sleep(1)
            assert set(later.counts) == {"served"}, later


async def test_what_takes_away_is_done_once_as_well(
    country: DrillPostgres, next_release: Path, length: Callable[[int, int], int]
) -> None:
    said = await asyncio.gather(*(migrate(next_release, country, "--post") for _ in range(length(2, 3))))
    assert sum("Applying 0003_drill" in words for words in said) == 1
