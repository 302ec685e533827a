"""Starts a service as a copy of this process, which has imported already what most of a start is spent on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from services.local.leash import tie

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LOOKS_EVERY: Final = 0.01
FAILED: Final = 1


@dataclass(slots=True)
class Copy:
    """A copy of this process, with as much of the manners of `subprocess.Popen` as a supervisor needs."""

    pid: int
    stdout: IO[bytes]
    returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, or nothing while it runs."""
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end.

        Raises:
            TimeoutExpired: it runs longer than the seconds given.
        """
        limit = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if limit is not None and time.monotonic() > limit:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            time.sleep(LOOKS_EVERY)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended already."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it without asking."""
        self.send_signal(signal.SIGKILL)


def copy(main: Callable[[], object], environment: Mapping[str, str]) -> Copy:
    """Run the main function of a service in a copy of this process, which ends when this process ends.

    To be called before threads are started: a copy has only the thread that made it.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    starter = os.getpid()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _become(main, environment, writing, starter)
    os.close(writing)
    return Copy(pid, os.fdopen(reading, "rb"))


def _become(main: Callable[[], object], environment: Mapping[str, str], output: int, starter: int) -> None:
    """Be the service and nothing else: nothing of what the starter began is ended or tidied up here."""
    code = FAILED
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        tie(starter, signal.SIGTERM)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # Python's own, made by Python
        os.environ.update(environment)
        main()
        code = 0
    except SystemExit as end:
        code = _exit_code(end)
    except BaseException:  # noqa: BLE001 - whatever it is, this copy must not go on as its starter
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _exit_code(end: SystemExit) -> int:
    """Return the code of an exit, after saying its last words as Python does."""
    if end.code is None or isinstance(end.code, int):
        return end.code or 0
    sys.stderr.write(f"{end.code}\n")
    return FAILED
