"""Gives the drills a database that is prepared, migrated and filled as an installation's is."""

from __future__ import annotations

import asyncio
import fcntl
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from deploy.drills.postgres import DrillPostgres
from services.local.demo import prepare_demo
from services.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="session")
def run_module(repository: Path) -> Callable[..., str]:
    """Run one of our commands against an address and return what it says."""

    def run(address: str, module: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=repository, env={**os.environ, "DATABASE_URL": address},
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def prepared(server: DrillPostgres, manifests: Path) -> None:
    """Start an empty database as the manifests prepare it: roles.sql, then the logins."""
    server.create()
    server.start()
    server.psql("create database khoosheh", database="postgres")
    server.psql((manifests / "components" / "postgres" / "roles.sql").read_text(encoding="utf-8"))
    # What CloudNativePG's managed roles do; the drills' server trusts this machine, so no passwords.
    for role in ("migrator", "service", "reader"):
        server.psql(f"alter role khoosheh_{role} login")


@contextmanager
def made_once(name: str, make: Callable[[DrillPostgres], None]) -> Iterator[Path]:
    """Make the files of a stopped server once for all processes of this run of the tests; the last one removes them."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or secrets.token_hex(8)
    # Not pytest's own folder, which is closed to the user of the servers.
    home = Path(tempfile.gettempdir()) / f"khoosheh-drill-{name}-{run}"
    home.mkdir(exist_ok=True)
    home.chmod(0o755)
    users = home / "users"
    with (home / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not users.exists():
            shutil.rmtree(home / name, ignore_errors=True)
            server = DrillPostgres(home / name)
            try:
                make(server)
            finally:
                server.stop()
        users.write_text(str(int(users.read_text() if users.exists() else "0") + 1))
    yield home / name
    with (home / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        left = int(users.read_text()) - 1
        users.write_text(str(left))
        if not left:
            shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def roled_folder(manifests: Path) -> Iterator[Path]:
    """Make the files of an empty, prepared server once; each drill begins with a copy of them."""
    with made_once("roled", lambda server: prepared(server, manifests)) as folder:
        yield folder


@pytest.fixture
def roled_postgres(roled_folder: Path, new_postgres: Callable[[str], DrillPostgres]) -> DrillPostgres:
    """Give a running server with the roles and an empty database."""
    server = new_postgres("primary")
    server.adopt(roled_folder)
    server.start()
    return server


@pytest.fixture(scope="session")
def installed_folder(roled_folder: Path, run_module: Callable[..., str]) -> Iterator[Path]:
    """Make the files of a new installation once, as the Job of the manifests does."""

    def install(server: DrillPostgres) -> None:
        server.adopt(roled_folder)
        server.start()
        run_module(server.address(user="khoosheh_migrator"), "services.migrate")
        assert "are loaded" in run_module(server.address(user="khoosheh_migrator"), "services.reference")

    with made_once("installed", install) as folder:
        yield folder


@pytest.fixture
def installed_postgres(installed_folder: Path, new_postgres: Callable[[str], DrillPostgres]) -> DrillPostgres:
    """Give a running server of a new installation: migrated, with provinces and programme, without people."""
    server = new_postgres("primary")
    server.adopt(installed_folder)
    server.start()
    return server


@pytest.fixture(scope="session")
def filled_folder(installed_folder: Path, run_module: Callable[..., str]) -> Iterator[Path]:
    """Make the files of a filled server once: the sample, loaded by the service into a new installation."""

    def fill(server: DrillPostgres) -> None:
        server.adopt(installed_folder)
        server.start()
        # It proves as well that the rights of the service suffice.
        run_module(server.address(user="khoosheh_service"), "services.sample")

    with made_once("filled", fill) as folder:
        yield folder


@pytest.fixture
def filled_postgres(filled_folder: Path, new_postgres: Callable[[str], DrillPostgres]) -> DrillPostgres:
    """Give a running copy of the filled server."""
    server = new_postgres("primary")
    server.adopt(filled_folder)
    server.start()
    return server


def demo_of(server: DrillPostgres) -> dict[str, Any]:
    """Make the people and tokens of the demo on a server."""
    settings = read_settings(database_url=server.address(user="khoosheh_service"), database_pool_min=0)
    return asyncio.run(prepare_demo(settings, {}))


@pytest.fixture
def token_for() -> Callable[[DrillPostgres], str]:
    """Make a token of a national administrator on a server."""

    def make(server: DrillPostgres) -> str:
        tokens = demo_of(server)["tokens"]
        return str(next(entry["token"] for entry in tokens if entry["role"] == "NATIONAL_ADMINISTRATOR"))

    return make


@pytest.fixture
def administrator(filled_postgres: DrillPostgres) -> dict[str, str]:
    """Give what a national administrator signs in with."""
    users = demo_of(filled_postgres)["users"]
    found = next(user for user in users if user["role"] == "NATIONAL_ADMINISTRATOR")
    return {"email": found["email"], "password": found["password"]}


@pytest.fixture
def token(filled_postgres: DrillPostgres, token_for: Callable[[DrillPostgres], str]) -> str:
    return token_for(filled_postgres)
