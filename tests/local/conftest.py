"""Clones of the repository in temporary folders, and `make` started in them."""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
NEIGHBOUR = "khoosheh-test"
# What would lead a clone to this machine's own packages or to the caller's database.
UNWANTED = ("DATABASE_URL", "SECRETS_DIR", "MAKELEVEL", "MAKEFLAGS", "VIRTUAL_ENV", "PYTHONPATH", "PYTHON")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """`make run`, with what it said until it was ready."""

    process: subprocess.Popen[str]
    said: str
    seconds: float

    def interrupt(self) -> str:
        """Press Ctrl-C where it was started, and return what it still says."""
        # A terminal tells the whole group in front, make and what it runs.
        os.killpg(self.process.pid, signal.SIGINT)
        rest, _ = self.process.communicate(timeout=60)
        return rest


@dataclass
class Clone:
    """One clone, with ports of its own and perhaps another owner."""

    folder: Path
    user: str | None = None
    started: list[subprocess.Popen[str]] = field(default_factory=list)
    ports: dict[str, str] = field(
        default_factory=lambda: {
            f"{name}_PORT": str(free_port()) for name in ("GRAPHQL", "WEB", "NOTIFICATIONS")
        }
    )

    def start(self, *words: str, **environment: str) -> subprocess.Popen[str]:
        """Start make in the clone, as its owner."""
        wanted = {key: value for key, value in os.environ.items() if key not in UNWANTED}
        if self.user:
            wanted |= {"HOME": str(self.folder), "USER": self.user, "PATH": "/usr/local/bin:/usr/bin:/bin"}
        before = ["setpriv", f"--reuid={self.user}", "--regid=nogroup", "--clear-groups"] if self.user else []
        process = subprocess.Popen(
            [*before, "make", *words],
            cwd=self.folder,
            env=wanted | self.ports | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def make(self, *words: str, seconds: float = 60, **environment: str) -> tuple[int, str]:
        """Run make to its end and return its exit code and what it said."""
        process = self.start(*words, **environment)
        output, _ = process.communicate(timeout=seconds)
        return process.returncode, output

    def run(self, *, seconds: float) -> Running:
        """Start `make run` and return when it has said that it runs and how to stop it."""
        process = self.start("run")
        assert process.stdout is not None
        said: list[str] = []
        late = threading.Timer(seconds, process.terminate)
        late.start()
        try:
            for line in process.stdout:
                said.append(line)
                if "Ctrl-C stops everything" in line:
                    ready = re.search(r"ready after ([\d.]+) s", "".join(said))
                    assert ready is not None
                    return Running(process, "".join(said), float(ready[1]))
        finally:
            late.cancel()
        return pytest.fail("`make run` did not get ready:\n" + "".join(said))

    def processes(self) -> list[psutil.Process]:
        """Return what runs in or out of this clone."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                inside = process.cwd() == str(self.folder)
                if inside or any(str(self.folder) in word for word in process.cmdline()):
                    found.append(process)
        return found

    def supervisor(self) -> psutil.Process:
        """Return the process that `make run` became."""
        return next(process for process in self.processes() if "services.local" in process.cmdline())

    def demo(self) -> dict[str, Any]:
        """Return what `make run` wrote for scripts."""
        found: dict[str, Any] = json.loads((self.folder / "var" / "demo.json").read_text())
        return found


@pytest.fixture
def clone() -> Iterator[Callable[..., Clone]]:
    """Clone the repository: as it is, with `prepared=True` on this environment, with `user=…` for another."""
    made: list[Clone] = []

    def make_clone(*, prepared: bool = False, user: str | None = None) -> Clone:
        folder = Path(tempfile.mkdtemp(prefix="khoosheh-clone-")) / "khoosheh"
        folder.parent.chmod(0o755)
        subprocess.run(
            ["git", "-c", "safe.directory=*", "clone", "--quiet", "--depth=1", f"file://{ROOT}", folder],
            check=True,
        )
        if prepared:
            (folder / ".venv").symlink_to(ROOT / ".venv")
        if user:
            subprocess.run(["chown", "-R", f"{user}:nogroup", folder.parent], check=True)
        made.append(Clone(folder, user))
        return made[-1]

    yield make_clone
    for each in made:
        for left in each.processes():
            with suppress(psutil.NoSuchProcess):
                left.kill()
        for started in each.started:
            started.wait()
            if started.stdout is not None:
                started.stdout.close()
        shutil.rmtree(each.folder.parent, ignore_errors=True)


@pytest.fixture(scope="session")
def neighbour() -> str:
    """Return an ordinary user of this machine, made for the purpose when we are root."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    if shutil.which("setpriv") is None or shutil.which("useradd") is None:
        pytest.skip("setpriv and useradd are needed to become another user")
    try:
        pwd.getpwnam(NEIGHBOUR)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/bin/sh", NEIGHBOUR], check=True
        )
    return NEIGHBOUR
