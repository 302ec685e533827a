"""A real PostgreSQL for drills: durable, reachable by TCP, and it can be killed, followed and promoted."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from deploy.drills.ports import free_port
from services.local.account import SYSTEM_USER, make_user, open_for
from services.local.postgres import PROGRAMS
from services.local.processes import end, start

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PATIENCE: Final = 120.0
# As deploy/k8s/components/postgres/cluster.yaml sets them, as far as they matter to what is lost.
SETTINGS: Final = {
    "listen_addresses": "127.0.0.1",
    "wal_level": "replica",
    "max_connections": "100",
    "synchronous_commit": "on",
    "fsync": "on",
    "hot_standby": "on",
    "max_wal_senders": "5",
    "wal_keep_size": "256MB",
    "log_min_messages": "warning",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}


class DrillPostgres:
    """One server on one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = folder.with_name(f"{folder.name}.log")
        # PostgreSQL refuses to run as root, so root lends it a user without rights.
        self.user = SYSTEM_USER if os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None

    def address(self, database: str = "khoosheh", user: str = "postgres") -> str:
        """Return the address of a database."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def create(self) -> None:
        """Make a new, empty cluster of databases."""
        self._own_folder()
        self.run(
            "initdb", "-D", str(self.folder), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums",
        )  # fmt: skip

    def follow(self, primary: DrillPostgres, name: str) -> None:
        """Copy the primary while it works, and stream from it under this name from the next start on."""
        self._own_folder()
        source = f"host=127.0.0.1 port={primary.port} user=postgres application_name={name}"
        self.run("pg_basebackup", "-D", str(self.folder), "-d", source, "-X", "stream", "-R", "-c", "fast")

    def back_up(self, server: DrillPostgres) -> None:
        """Take a base backup without WAL: what happens from now on comes from the archive."""
        self._own_folder()
        source = f"host=127.0.0.1 port={server.port} user=postgres"
        self.run("pg_basebackup", "-D", str(self.folder), "-d", source, "-X", "none", "-c", "fast")

    def adopt(self, folder: Path) -> None:
        """Begin with a copy of a stopped server's files."""
        self._own_folder()
        subprocess.run(["cp", "-a", f"{folder}/.", str(self.folder)], check=True)  # noqa: S603, S607

    def start(self, **settings: str) -> None:
        """Start and wait until connections are accepted."""
        options = {
            **SETTINGS,
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            **settings,
        }
        arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self._process = start(
                [str(PROGRAMS / "postgres"), "-D", str(self.folder), *arguments],
                output=log, user=self.user, ending=signal.SIGINT,
            )  # fmt: skip
        self._wait()

    def stop(self) -> None:
        """Stop after everything is written down."""
        if self._process is not None:
            end(self._process, signal.SIGINT, patience=PATIENCE)
            self._process = None

    def discard(self) -> None:
        """End it at once; nobody needs its files any more."""
        if self._process is not None:
            end(self._process, signal.SIGQUIT, patience=PATIENCE)
            self._process = None

    def kill(self) -> None:
        """End every process of the server at once, as a machine does that loses its power."""
        if self._process is None:
            raise RuntimeError("a server that does not run cannot be killed")
        leader = int((self.folder / "postmaster.pid").read_text().split("\n", 1)[0])
        # Its children notice and follow within a moment; new connections are refused from now on.
        with suppress(ProcessLookupError):
            os.kill(leader, signal.SIGKILL)
        self._process.wait(PATIENCE)
        self._process = None

    def promote(self) -> None:
        """Make a replica the primary and wait until it takes writes."""
        self.run("pg_ctl", "promote", "-D", str(self.folder), "-w")

    def run(self, program: str, *arguments: str, standard_input: str | None = None) -> str:
        """Run one of PostgreSQL's own programs as the server's user and return what it prints."""
        command: Sequence[str] = [str(PROGRAMS / program), *arguments]
        done = subprocess.run(  # noqa: S603 - a program of the wheel
            command, user=self.user, group=self.user, extra_groups=None if self.user is None else (),
            cwd=self.folder.parent if self.user is None else "/",
            input=standard_input, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.strip()}")
        return done.stdout

    def psql(self, sql: str, *, database: str = "khoosheh", user: str = "postgres") -> str:
        """Run a script as operators do, stopping at the first error."""
        return self.run(
            "psql", "-qtA", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port),
            "-U", user, database, standard_input=sql,
        )  # fmt: skip

    def _own_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.user:
            make_user(self.user)
            open_for(self.user, PROGRAMS, self.folder)
        self.folder.chmod(0o700)

    def _wait(self) -> None:
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            if self._process is None or self._process.poll() is not None:
                break
            with suppress(OSError, IndexError):
                lines = (self.folder / "postmaster.pid").read_text().splitlines()
                if lines[7].strip() == "ready":
                    return
            time.sleep(0.02)
        raise RuntimeError(f"PostgreSQL does not start: {self.log.read_text()[-2000:]}")
