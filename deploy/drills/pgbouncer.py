"""A real PgBouncer in transaction mode, configured as the manifests configure their pooler."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from deploy.drills.ports import free_port, wait_for_port
from services.local.account import SYSTEM_USER, make_user
from services.local.processes import end, start

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from deploy.drills.postgres import DrillPostgres

POOLER: Final = Path(__file__).parents[1] / "k8s" / "components" / "postgres" / "pooler.yaml"
KEPT_STATEMENTS: Final = "max_prepared_statements"


def manifest_parameters() -> dict[str, str]:
    """Return what the manifests' pooler is told."""
    pgbouncer = yaml.safe_load(POOLER.read_text(encoding="utf-8"))["spec"]["pgbouncer"]
    return {"pool_mode": pgbouncer["poolMode"], **pgbouncer["parameters"]}


def version_of(program: str) -> tuple[int, int]:
    """Return the release of a PgBouncer, like (1, 18)."""
    words = subprocess.run(  # noqa: S603 - a program of this machine
        [program, "--version"], capture_output=True, text=True, check=True
    ).stdout.split()
    major, minor, *_ = words[1].split(".")
    return int(major), int(minor)


class Pooler:
    """One PgBouncer in front of one server."""

    def __init__(self, program: str, server: DrillPostgres, folder: Path, **parameters: str) -> None:
        self.port = free_port()
        self._program = program
        self._server = server
        self._folder = folder
        self._parameters = {**manifest_parameters(), **parameters}
        if version_of(program) < (1, 21):
            # Older releases do not know it and cannot keep statements; the services must not either.
            self._parameters.pop(KEPT_STATEMENTS)

    def address(self, user: str = "khoosheh_service") -> str:
        """Return the address clients use."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/khoosheh"

    def __enter__(self) -> Self:
        file = self._folder / "pgbouncer.ini"
        settings = {
            "listen_addr": "127.0.0.1",
            "listen_port": str(self.port),
            "auth_type": "any",
            "unix_socket_dir": "",
            "admin_users": "postgres",
            **self._parameters,
        }
        lines = [f"{name} = {value}" for name, value in settings.items()]
        database = f"khoosheh = host=127.0.0.1 port={self._server.port} dbname=khoosheh user=khoosheh_service"
        file.write_text("\n".join(["[databases]", database, "[pgbouncer]", *lines, ""]), encoding="utf-8")
        file.chmod(0o644)
        user = SYSTEM_USER if os.geteuid() == 0 else None
        if user:
            make_user(user)
        self._log = (self._folder / "pgbouncer.log").open("ab")
        self._process = start([self._program, "-q", str(file)], output=self._log, user=user)
        wait_for_port(self.port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        end(self._process, signal.SIGINT, patience=10)
        self._log.close()
