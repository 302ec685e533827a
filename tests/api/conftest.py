"""The number server as a process, and the suites and clients of others that speak to it."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx2
import pytest

from services.graphql.server import GRACEFUL_SECONDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractAsyncContextManager
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
NPM = ROOT / "tests" / "npm"
NUMBER_SERVER = Path(__file__).with_name("number_server.py")
CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}

# Absolute times say little without how busy the machine was.
_FIGURES: Final[list[str]] = []


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what was measured, so that it can be copied into docs/benchmarks.md."""
    if _FIGURES:
        terminalreporter.section("figures of the door")
        for line in _FIGURES:
            terminalreporter.write_line(line)


@pytest.fixture
def figure() -> Callable[[str], None]:
    """Return a function that keeps a line with a figure and the load it was taken under."""
    return lambda line: _FIGURES.append(f"{line} (load {os.getloadavg()[0]:.1f})")


@dataclass
class RunningServer:
    """A number server in a process of its own."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/graphql"

    def stop(self) -> int:
        """Ask it to end and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


if TYPE_CHECKING:
    StartServer = Callable[..., RunningServer]
    Visit = Callable[..., AbstractAsyncContextManager[httpx2.AsyncClient]]


@pytest.fixture(scope="session")
def start_number_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Return a function that starts a number server; all of them end with the tests."""
    started: list[RunningServer] = []

    def start(
        *, drain: float = 0.0, heartbeat: float = 12.0, grace: int = GRACEFUL_SECONDS, port: int = 0
    ) -> RunningServer:
        log = tmp_path_factory.mktemp("number-server") / "log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, NUMBER_SERVER, str(drain), str(heartbeat), str(grace), str(port)],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.PIPE,
                stderr=output,
                text=True,
            )
        assert process.stdout is not None
        running = RunningServer(process, int(process.stdout.readline()), log)
        started.append(running)
        with httpx2.Client() as client:
            wait_until_ready(client, running.port)
        return running

    yield start
    for running in started:
        running.stop()
        assert running.process.stdout is not None
        running.process.stdout.close()


def wait_until_ready(client: httpx2.Client, port: int) -> None:
    """Wait until the server answers; its port is known before it listens."""
    deadline = time.monotonic() + 20
    while True:
        try:
            answer = client.get(f"http://127.0.0.1:{port}/ready", timeout=10)
        except httpx2.ConnectError:
            assert time.monotonic() < deadline, "the number server does not listen"
            time.sleep(0.02)
        else:
            assert answer.status_code == 200
            return


@pytest.fixture(scope="session")
def number_server(start_number_server: StartServer) -> RunningServer:
    """Return one server for the tests that leave it as they found it."""
    return start_number_server()


@pytest.fixture(scope="session")
def stand_in() -> ModuleType:
    """Return the module of the number server, for tests that run its application in their own process."""
    specification = importlib.util.spec_from_file_location("number_server", NUMBER_SERVER)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["number_server"] = module
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def visit(stand_in: ModuleType) -> Visit:
    """Return a function that opens a client to an application in this process."""

    @asynccontextmanager
    async def open_client(engine: Any = None, options: Any = None) -> AsyncIterator[httpx2.AsyncClient]:
        app = stand_in.create_app(engine or stand_in.NumberEngine(), stand_in.viewer_of, options)
        transport = httpx2.ASGITransport(app=app)
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=transport, base_url="http://khoosheh.test") as client,
        ):
            yield client

    return open_client
