"""`make run`: everything on this machine until Ctrl-C."""

from __future__ import annotations

import sys

from services.database import DatabaseProblem
from services.local.failure import LocalFailure
from services.local.run import run
from services.settings import SettingsInvalid

if __name__ == "__main__":
    try:
        sys.exit(run())
    except (LocalFailure, DatabaseProblem, SettingsInvalid) as failure:
        print(failure, file=sys.stderr)  # noqa: T201 - what a person at the terminal needs to know
        sys.exit(1)
