"""Run one command with the local database: the running one, that of DATABASE_URL, or one started for it."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from services.database import DatabaseProblem
from services.local.failure import LocalFailure
from services.local.place import only_one, read_demo
from services.local.postgres import PROGRAMS
from services.local.run import local_database, stoppable
from services.migrate import migrate
from services.settings import SettingsInvalid, read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence


def borrow(command: Sequence[str]) -> int:
    """Run the command with DATABASE_URL set and return its exit code."""
    settings = read_settings()
    with stoppable(), ExitStack() as borrowed:
        if settings.database_url is None:
            try:
                borrowed.enter_context(only_one())
            except LocalFailure:
                return _execute(command, str(read_demo()["database"]))
        address = borrowed.enter_context(local_database(settings))
        asyncio.run(migrate(settings, url=address))
        return _execute(command, address)


def _execute(command: Sequence[str], address: str) -> int:
    if list(command) == ["--psql"]:
        command = [shutil.which("psql") or str(PROGRAMS / "psql"), address]
    environment = {**os.environ, "DATABASE_URL": address}
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - what the person asked for


if __name__ == "__main__":
    try:
        sys.exit(borrow(sys.argv[1:]))
    except (LocalFailure, DatabaseProblem, SettingsInvalid) as failure:
        print(failure, file=sys.stderr)  # noqa: T201 - what a person at the terminal needs to know
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
