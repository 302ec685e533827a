"""The tests of the release before pass on the tables of the release after: old pods go on during a roll-out.

Before the first release the two are this code and a copy of it with two migrations of the drill's own; from the
first tag on they are the code of the newest tag and this code.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from deploy.drills.releases import last_release, next_release
from tests.conftest import TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deploy.drills.postgres import DrillPostgres

pytestmark = pytest.mark.slow
# One that writes every column of a cluster and one that changes some: what a contracted table breaks first.
SHORT = ("tests/api/test_clusters.py", "-k", "is_identified or an_edit_changes")
WHOLE = ("tests/api", "tests/events", "tests/access")


@pytest.fixture
def releases(repository: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Give the folders of the release before and of the release after."""
    before = last_release(repository, tmp_path / "before")
    return (before, repository) if before else (repository, next_release(repository, tmp_path))


def migrate(release: Path, server: DrillPostgres, *arguments: str) -> str:
    """Migrate the template that the tests of the release before copy, by the release after."""
    done = subprocess.run(
        [sys.executable, "-m", "services.migrate", *arguments], cwd=release,
        env={**os.environ, "DATABASE_URL": server.address(TEMPLATE)},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_tests(release: Path, server: DrillPostgres, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Its own drills are not the subject here, so its tests run in their usual form.
    environment = {name: value for name, value in os.environ.items() if name != "DRILLS"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "--no-header", *arguments],
        cwd=release, env={**environment, "TEST_DATABASE_URL": server.address("postgres")},
        capture_output=True, text=True, check=False, timeout=3000,
    )  # fmt: skip


def test_the_release_before_works_on_the_tables_of_the_release_after(
    new_postgres: Callable[[str], DrillPostgres],
    releases: tuple[Path, Path],
    length: Callable[[int, int], int],
) -> None:
    before, after = releases
    server = new_postgres("server")
    server.create()
    server.start(fsync="off")
    server.psql(f"create database {TEMPLATE}", database="postgres")
    said = migrate(after, server)
    done = run_tests(before, server, *(WHOLE if length(0, 1) else SHORT))
    assert done.returncode == 0, done.stdout[-5000:]
    if before.name == "before":
        return
    # While there is no release yet: the drill's pair proves that the tests above would notice.
    assert "Applying 0002_drill" in said
    assert "Applying 0003_drill" not in said
    assert "0003_drill may follow when no pod of the last release runs" in said
    if length(0, 1):
        assert "is at 0002_drill" in migrate(after, server)
    assert "Applying 0003_drill" in migrate(after, server, "--post")
    if length(0, 1):
        assert "is at 0003_drill" in migrate(after, server)
    broken = run_tests(before, server, "-x", *SHORT)
    assert broken.returncode == 1, broken.stdout[-5000:]
    assert "website" in broken.stdout
