"""The number server as a process, and the suites and clients of others that speak to it."""

from __future__ import annotations

import asyncio
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from contextlib import AbstractAsyncContextManager
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
NPM = ROOT / "tests" / "npm"
NUMBER_SERVER = Path(__file__).with_name("number_server.py")
CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


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
    RunNode = Callable[..., Awaitable["NodeProgram"]]


@pytest.fixture(scope="session")
def start_number_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Return a function that starts a number server; all of them end with the tests."""
    started: list[RunningServer] = []

    def start(*, drain: float = 0.0, heartbeat: float = 12.0, port: int = 0) -> RunningServer:
        log = tmp_path_factory.mktemp("number-server") / "log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, NUMBER_SERVER, str(drain), str(heartbeat), str(port)],
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


@pytest.fixture(scope="session")
def node() -> str:
    """Return the Node program; without one the test is skipped, which is a failure in CI."""
    found = shutil.which("node")
    if found is None or shutil.which("npm") is None:
        _cannot("Node.js with npm is not installed")
    assert found is not None
    return found


@pytest.fixture(scope="session")
def npm_folder(node: str) -> Path:
    """Install the packages of tests/npm once per state of their lock file, and return the folder."""
    lock = (NPM / "package-lock.json").read_bytes()
    folder = ROOT / "var" / "npm" / hashlib.sha256(lock).hexdigest()[:16]
    if not (folder / "installed").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(NPM / name, folder)
        command = [str(shutil.which("npm")), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode != 0:
            shutil.rmtree(folder, ignore_errors=True)
            last = (done.stderr.strip() or "no reason given").splitlines()[-1]
            _cannot(f"the packages of tests/npm cannot be installed ({node}): {last}")
        (folder / "installed").touch()
    for script in NPM.glob("*.js"):
        shutil.copy(script, folder)
    return folder


def _cannot(reason: str) -> None:
    if CI:
        pytest.fail(f"{reason}, and in CI nothing is skipped")
    pytest.skip(reason)


@dataclass
class NodeProgram:
    """A running script of tests/npm that prints one JSON document per line."""

    process: asyncio.subprocess.Process

    async def line(self, seconds: float = 20.0) -> dict[str, Any]:
        """Return the next thing the script says."""
        assert self.process.stdout is not None
        async with asyncio.timeout(seconds):
            text = await self.process.stdout.readline()
        assert text, "the script ended without saying more"
        line: dict[str, Any] = json.loads(text)
        return line

    async def rest(self, seconds: float = 30.0) -> list[dict[str, Any]]:
        """Return everything the script says until it ends."""
        async with asyncio.timeout(seconds):
            output, _ = await self.process.communicate()
        return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
async def run_node(node: str, npm_folder: Path) -> AsyncIterator[RunNode]:
    """Return a function that starts a script of tests/npm."""
    programs: list[NodeProgram] = []

    async def run(script: str, *arguments: str) -> NodeProgram:
        process = await asyncio.create_subprocess_exec(
            node, script, *arguments, cwd=npm_folder, stdout=asyncio.subprocess.PIPE
        )
        programs.append(NodeProgram(process))
        return programs[-1]

    yield run
    for program in programs:
        if program.process.returncode is None:
            program.process.kill()
        await program.process.wait()
