"""A PostgreSQL for the tests of one run, a migrated template in it, and fresh copies for those who ask."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from services.database import close_rows, open_pool, open_rows
from services.local.postgres import EmbeddedPostgres
from services.migrate import fingerprint, migrate
from services.settings import read_settings
from tests.current_settings import settings_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from services.settings import Settings

SERVER = pytest.StashKey[EmbeddedPostgres]()
FOLDER = pytest.StashKey[Path]()
TEMPLATE = f"khoosheh_template_{fingerprint()[:12]}"
pytest_plugins = [
    "tests.world",
    "tests.home",
    "tests.council_room",
    "tests.node_programs",
    "tests.post_office",
    "tests.sampled",
]

ROOM = 2 << 30
CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


# One server for each process of the run: under pytest-xdist every worker has its own, because what is
# settled (the order of events) is a matter of all transactions of a server, those of other tests among them.


def _memory() -> Path | None:
    """Return a folder in memory with room for a server, where a copy of a database costs a tenth; or none."""
    folder = Path("/dev/shm")  # noqa: S108 - a new folder of our own is made in it
    return folder if folder.is_dir() and shutil.disk_usage(folder).free > ROOM else None


def _serve(config: pytest.Config) -> str:
    """Start the server of this run unless TEST_DATABASE_URL names one, and return its address."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return given
    if SERVER not in config.stash:
        config.stash[FOLDER] = Path(tempfile.mkdtemp(prefix="khoosheh-test-", dir=_memory()))
        config.stash[SERVER] = EmbeddedPostgres(config.stash[FOLDER] / "postgres", durable=False)
        config.stash[SERVER].start()
    return config.stash[SERVER].address()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the slow files come first, so that no process of the run is left alone with one at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_unconfigure(config: pytest.Config) -> None:
    if SERVER in config.stash:
        config.stash[SERVER].stop()
        shutil.rmtree(config.stash[FOLDER], ignore_errors=True)


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> str:
    """Return the address of this process's server."""
    return _serve(request.config)


# One migrated template per server, and copies of it.


def _address(server: str, database: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{database}"))


def _administer(server: str, *statements: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(server)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())


async def _make_template(server: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        # Runs that share a server named by TEST_DATABASE_URL arrive together; the first one migrates.
        await connection.execute("select pg_advisory_lock(7)")
        if await connection.fetchval("select 1 from pg_database where datname = $1", TEMPLATE):
            return
        draft = f"khoosheh_draft_{secrets.token_hex(6)}"
        await connection.execute(f"create database {draft}")
        url = _address(server, draft)
        await migrate(read_settings(database_url=url), say=lambda _words: None)
        await connection.execute(f"alter database {draft} rename to {TEMPLATE}")
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def template(server: str) -> str:
    """Return the name of a migrated, empty database that copies are made of."""
    asyncio.run(_make_template(server))
    return TEMPLATE


@contextmanager
def _copy(server: str, template: str) -> Iterator[str]:
    name = f"khoosheh_test_{secrets.token_hex(6)}"
    _administer(server, f"create database {name} template {template} strategy file_copy")
    try:
        yield _address(server, name)
    finally:
        _administer(server, f"drop database {name} with (force)")


@pytest.fixture(scope="module")
def module_database_url(server: str, template: str) -> Iterator[str]:
    """Give a migrated database that the tests of one module share, for what is read and not changed."""
    with _copy(server, template) as url:
        yield url


@pytest.fixture
def database_url(server: str, template: str) -> Iterator[str]:
    """Give a migrated database for one test alone; a copy takes a fiftieth of a second."""
    with _copy(server, template) as url:
        yield url


@pytest.fixture
def empty_database_url(server: str) -> Iterator[str]:
    """Give a database without anything in it."""
    with _copy(server, "template1") as url:
        yield url


@pytest.fixture
def copy_database(server: str) -> Callable[[str], Any]:
    """Give a context manager that copies the database of an address, e.g. one a module has filled."""
    return lambda url: _copy(server, urlsplit(url).path.lstrip("/"))


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Return settings for the test's database, with ports that nobody has taken."""
    return settings_for(database_url)


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[asyncpg.Pool[asyncpg.Record]]:
    """Open the pool on the test's database."""
    pool = await open_pool(settings)
    yield pool
    await pool.close()


@pytest.fixture
async def rows(settings: Settings, pool: asyncpg.Pool[asyncpg.Record]) -> AsyncIterator[None]:
    """Bind the Tortoise rows to the test's database, on the same pool."""
    await open_rows(settings, pool=pool)
    yield
    await close_rows()


# Programs that not every machine has.


@pytest.fixture(scope="session")
def program() -> Callable[..., str]:
    """Find a program by any of its names, or skip saying so; in CI a missing program is a failure."""

    def find(*names: str, why: str = "") -> str:
        for name in names:
            if path := shutil.which(name):
                return path
        reason = f"{' or '.join(names)} is not installed{f', needed for {why}' if why else ''}"
        return pytest.fail(reason) if CI else pytest.skip(reason)

    return find
