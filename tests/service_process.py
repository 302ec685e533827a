"""The GraphQL service as a process of its own, which a test may kill and start again where it was."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    RunService = Callable[..., "ServiceProcess"]

ROOT = Path(__file__).resolve().parents[1]
READY_SECONDS = 120


@dataclass
class ServiceProcess:
    """One service on one port of one database, running or not."""

    database_url: str
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it answers GraphQL."""
        return f"http://127.0.0.1:{self.port}/graphql"

    def start(self) -> None:
        """Start it and return when it is ready."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "services.graphql"],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": self.database_url,
                "GRAPHQL_PORT": str(self.port),
                "LOG_LEVEL": "ERROR",
                **self.environment,
            },
        )
        deadline = time.monotonic() + READY_SECONDS
        with httpx2.Client(timeout=5) as client:
            while time.monotonic() < deadline and self.process.poll() is None:
                try:
                    if client.get(f"http://127.0.0.1:{self.port}/ready").status_code == 200:
                        return
                except httpx2.TransportError:
                    pass
                time.sleep(0.05)
        pytest.fail("the service did not become ready")

    def kill(self) -> None:
        """End it without a word, as a machine that dies."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(30)

    def stop(self) -> int:
        """Ask it to end and return its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(60)


@contextmanager
def running_service(database_url: str, port: int, **environment: str) -> Iterator[ServiceProcess]:
    """Run the service for as long as the block lasts."""
    service = ServiceProcess(database_url, port, environment)
    service.start()
    try:
        yield service
    finally:
        service.stop()
