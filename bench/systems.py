"""The systems that are measured: started here, asked by the driver, stopped at the end."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil

from bench.client import Connection, Target, target

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from bench.workload import Workload

PATIENCE: Final = 60.0
PEER: Final = Path("var/bench/peer")
PEER_CONFIGURATION: Final = Path(__file__).parent / "peer.mjs"


class NotStarted(Exception):
    """A system does not answer; the message says which and its last words."""


@dataclass(slots=True)
class System:
    """A server of its own process, and how each workload is asked of it."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    port: int
    path: str = "/graphql"
    headers: Mapping[str, str] = field(default_factory=dict)
    is_peer: bool = False
    process: subprocess.Popen[bytes] | None = None

    def target(self, workload: Workload, cluster: UUID) -> Target:
        """Return the request for a workload."""
        body = workload.peer_body(cluster) if self.is_peer else workload.body(cluster)
        return target(self.port, self.path.format(workload=workload.name), body, self.headers)

    async def start(self) -> None:
        """Start the process and wait until its port answers."""
        log = Path("var/bench") / f"{self.name.replace(' ', '-')}.log"
        with log.open("wb") as output:
            self.process = subprocess.Popen(  # noqa: S603, ASYNC220 - our own command; starting takes no time
                self.command,
                env={**os.environ, **self.environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        for _ in range(int(PATIENCE * 10)):
            if self.process.poll() is not None:
                break
            try:
                connection = await Connection.to(self.port)
            except OSError:
                await asyncio.sleep(0.1)
                continue
            await connection.close()
            return
        self.stop()
        words = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise NotStarted(
            f"{self.name} does not start: {words[-1] if words else 'it says nothing'} (see {log})."
        )

    def stop(self) -> None:
        """End the process."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def seconds(self) -> float:
        """How much CPU time the process has had."""
        if self.process is None:
            return 0.0
        times = psutil.Process(self.process.pid).cpu_times()
        return float(times.user + times.system)

    def megabytes(self) -> float:
        """How much memory the process holds."""
        return psutil.Process(self.process.pid).memory_info().rss / 1e6 if self.process else 0.0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def reference(database: str) -> System:
    """Return the hand-written reference."""
    port = free_port()
    command = [sys.executable, "-m", "bench.reference", str(port)]
    return System("reference", command, {"DATABASE_URL": database}, port, path="/{workload}")


def khoosheh(database: str, name: str, token: str) -> System:
    """Return our service as it is shipped, except for the page limit of Q4 and an unlimited budget."""
    port = free_port()
    environment = {
        "DATABASE_URL": database,
        "GRAPHQL_PORT": str(port),
        "PAGE_LIMIT": "1000",
        "RATE_COST_PER_MINUTE": "0",
        "LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "-m", "services.graphql"]
    return System(name, command, environment, port, headers={"Authorization": f"Bearer {token}"})


def postgraphile(database: str) -> System | None:
    """Return the peer if it is installed under var/, as `make bench` does where npm can be reached."""
    node = shutil.which("node")
    if node is None or not (PEER / "node_modules/postgraphile").is_dir():
        return None
    port = free_port()
    shutil.copy(PEER_CONFIGURATION, PEER / PEER_CONFIGURATION.name)
    environment = {
        "DATABASE_URL": database,
        "PORT": str(port),
        "NODE_ENV": "production",
        "GRAPHILE_ENV": "production",
    }
    return System(
        "PostGraphile 5.1", [node, str(PEER / PEER_CONFIGURATION.name)], environment, port, is_peer=True
    )
