"""Gives the drills a database that is prepared, migrated and filled as an installation's is."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
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


def prepared(server: DrillPostgres, manifests: Path) -> DrillPostgres:
    """Start an empty database as the manifests prepare it: roles.sql, then the logins."""
    server.create()
    server.start()
    server.psql("create database khoosheh", database="postgres")
    server.psql((manifests / "components" / "postgres" / "roles.sql").read_text(encoding="utf-8"))
    # What CloudNativePG's managed roles do; the drills' server trusts this machine, so no passwords.
    for role in ("migrator", "service", "reader"):
        server.psql(f"alter role khoosheh_{role} login")
    return server


@pytest.fixture(scope="session")
def roled_folder(manifests: Path) -> Iterator[Path]:
    """Make the files of an empty, prepared server once; each drill begins with a copy of them."""
    folder = Path(tempfile.mkdtemp(prefix="khoosheh-drill-"))
    server = prepared(DrillPostgres(folder / "roled"), manifests)
    server.stop()
    yield server.folder
    shutil.rmtree(folder, ignore_errors=True)


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
    folder = Path(tempfile.mkdtemp(prefix="khoosheh-drill-"))
    server = DrillPostgres(folder / "installed")
    server.adopt(roled_folder)
    server.start()
    try:
        run_module(server.address(user="khoosheh_migrator"), "services.migrate")
        assert "are loaded" in run_module(server.address(user="khoosheh_migrator"), "services.reference")
    finally:
        server.stop()
    yield server.folder
    shutil.rmtree(folder, ignore_errors=True)


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
    folder = Path(tempfile.mkdtemp(prefix="khoosheh-drill-"))
    server = DrillPostgres(folder / "filled")
    server.adopt(installed_folder)
    server.start()
    try:
        # It proves as well that the rights of the service suffice.
        run_module(server.address(user="khoosheh_service"), "services.sample")
    finally:
        server.stop()
    yield server.folder
    shutil.rmtree(folder, ignore_errors=True)


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
