"""A backup with its WAL brings back every row of every table, at the end or at a moment in the past."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deploy.drills.postgres import DrillPostgres

pytestmark = pytest.mark.slow


@pytest.fixture
def checksums(manifests: Path) -> Callable[[DrillPostgres], list[str]]:
    """Run the very script the restore drill of the manifests runs."""
    script = (manifests / "restore-drill" / "checksums.sql").read_text(encoding="utf-8")
    return lambda server: server.psql(script, user="khoosheh_migrator").splitlines()


def archiving(server: DrillPostgres) -> DrillPostgres:
    """Restart with an archive beside the data, which stands for the object store."""
    archive = server.folder.with_name("archive")
    server.stop()
    archive.mkdir(exist_ok=True)
    archive.chmod(0o777)
    server.start(archive_mode="on", archive_command=f"cp %p {archive}/%f")
    return server


def restore(backup: DrillPostgres, server: DrillPostgres, *, until: str | None = None) -> None:
    """Start the backup and replay the archive up to the moment, or to its end."""
    archive = server.folder.with_name("archive")
    (backup.folder / "recovery.signal").touch()
    moment = {"recovery_target_time": until, "recovery_target_action": "promote"} if until else {}
    backup.start(restore_command=f"cp {archive}/%f %p", **moment)


def archived(server: DrillPostgres) -> None:
    """Wait until everything written so far is in the archive."""
    server.psql("select pg_switch_wal()")
    segment = server.psql("select pg_walfile_name(pg_current_wal_lsn() - 1)").strip()
    limit = time.monotonic() + 30
    while server.psql("select coalesce(last_archived_wal, '') from pg_stat_archiver").strip() < segment:
        assert time.monotonic() < limit, f"the archive does not receive {segment}"
        time.sleep(0.05)


def test_every_row_of_every_table_comes_back(
    filled_postgres: DrillPostgres,
    new_postgres: Callable[[str], DrillPostgres],
    checksums: Callable[[DrillPostgres], list[str]],
) -> None:
    server = archiving(filled_postgres)
    backup = new_postgres("backup")
    backup.back_up(server)
    # Written after the backup, so it comes back by WAL alone.
    server.psql("update province set revision = revision + 1", user="khoosheh_service")
    archived(server)
    before = checksums(server)
    server.kill()
    restore(backup, server)
    assert checksums(backup) == before
    tables = {line.split()[0]: int(line.split()[1]) for line in before}
    assert tables["province"] == 31
    assert tables["cluster"] > 0
    assert len(tables) > 20


def test_a_moment_in_the_past_comes_back_without_the_mistake_after_it(
    filled_postgres: DrillPostgres,
    new_postgres: Callable[[str], DrillPostgres],
    checksums: Callable[[DrillPostgres], list[str]],
) -> None:
    server = archiving(filled_postgres)
    backup = new_postgres("backup")
    backup.back_up(server)
    server.psql("update province set revision = revision + 1", user="khoosheh_service")
    before = checksums(server)
    moment = server.psql("select clock_timestamp()").strip()
    server.psql("update province set name_en = 'lost', revision = 99", user="khoosheh_service")
    archived(server)
    assert checksums(server) != before
    restore(backup, server, until=moment)
    assert checksums(backup) == before


def test_the_checksum_notices_a_single_changed_letter(
    filled_postgres: DrillPostgres, checksums: Callable[[DrillPostgres], list[str]]
) -> None:
    before = checksums(filled_postgres)
    filled_postgres.psql("update province set capital_en = capital_en || '.' where iso_code = 'IR-15'")
    changed = [line.split()[0] for line in set(checksums(filled_postgres)) - set(before)]
    assert changed == ["province"]


def test_a_dump_brings_every_row_into_another_server(
    filled_postgres: DrillPostgres,
    new_postgres: Callable[[str], DrillPostgres],
    checksums: Callable[[DrillPostgres], list[str]],
    manifests: Path,
) -> None:
    """The way a province moves from the national installation to its own, or to another release."""
    dump = filled_postgres.run(
        "pg_dump", "-h", "127.0.0.1", "-p", str(filled_postgres.port), "-U", "postgres", "--format=plain",
        "khoosheh",
    )  # fmt: skip
    other = new_postgres("other")
    other.create()
    other.start()
    other.psql("create database khoosheh", database="postgres")
    other.psql((manifests / "components" / "postgres" / "roles.sql").read_text(encoding="utf-8"))
    other.psql(dump)
    other.psql("alter role khoosheh_migrator login")
    assert checksums(other) == checksums(filled_postgres)
