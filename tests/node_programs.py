"""Programs of the Node world: suites, clients and a provider of others that ours are tested with."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    RunNode = Callable[..., Awaitable["NodeProgram"]]

ROOT = Path(__file__).resolve().parents[1]
NPM = ROOT / "tests" / "npm"
CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


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

    async def run(script: str, *arguments: str, **environment: str) -> NodeProgram:
        process = await asyncio.create_subprocess_exec(
            node,
            script,
            *arguments,
            cwd=npm_folder,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, **environment},
        )
        programs.append(NodeProgram(process))
        return programs[-1]

    yield run
    for program in programs:
        if program.process.returncode is None:
            program.process.kill()
        await program.process.wait()
