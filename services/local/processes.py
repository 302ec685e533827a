"""How child processes are started on a leash and ended for sure."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from services.local.copies import Copy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEASH = Path(__file__).with_name("leash.py")


Process = subprocess.Popen[bytes] | Copy
"""A child process, however it was started."""


def start(
    command: Sequence[str],
    *,
    output: IO[bytes] | int,
    user: str | None = None,
    ending: signal.Signals = signal.SIGTERM,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a command that gets the signal `ending` when this process ends, however it ends."""
    return subprocess.Popen(  # noqa: S603 - the command comes from our own code
        [sys.executable, "-I", "-S", str(LEASH), user or "-", ending.name, *command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=environment,
        # The user of the database may not be allowed to be where we are.
        cwd="/" if user else None,
    )


def end(process: Process, ending: signal.Signals, *, patience: float) -> None:
    """Ask a process to end, and end it when it does not."""
    with suppress(ProcessLookupError):
        process.send_signal(ending)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
