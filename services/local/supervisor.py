"""Runs the services as child processes: their words under their names, all of them or none."""

from __future__ import annotations

import http.client
import importlib
import os
import platform
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

from services.local.copies import copy
from services.local.failure import LocalFailure
from services.local.processes import Process, end, start

if TYPE_CHECKING:
    from types import TracebackType

READY_WITHIN: Final = 60.0
STOPS_WITHIN: Final = 30.0
LOOKS_EVERY: Final = 0.05
HTTP_OK: Final = 200
# Elsewhere the libraries of the system may not survive being copied.
COPIES_ARE_SAFE: Final = platform.system() == "Linux"


@dataclass(slots=True)
class Service:
    """One service: its module, where it listens, and its process once it runs."""

    name: str
    module: str
    host: str
    port: int
    process: Process | None = None
    reader: threading.Thread | None = None

    def alive(self) -> bool:
        """Return whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def ready(self) -> bool:
        """Ask the service itself whether it can work."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=2)
        try:
            connection.request("GET", "/ready")
            return connection.getresponse().status == HTTP_OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


@dataclass(slots=True)
class Supervisor:
    """The services of this installation, started together and stopped together."""

    services: list[Service]
    environment: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> Self:
        for service in self.services:
            service.process = self._started(service)
        for service in self.services:
            service.reader = threading.Thread(target=_repeat, args=(service,), daemon=True)
            service.reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for service in self.services:
            if service.process is not None and service.alive():
                service.process.send_signal(signal.SIGTERM)
        for service in self.services:
            if service.process is not None:
                end(service.process, signal.SIGTERM, patience=STOPS_WITHIN)
            if service.reader is not None:
                service.reader.join(1)

    def wait_until_ready(self) -> None:
        """Return when every service says it can work; a service that ends or takes too long is a failure."""
        limit = time.monotonic() + READY_WITHIN
        waiting = list(self.services)
        while waiting:
            self.require_alive()
            waiting = [service for service in waiting if not service.ready()]
            if waiting and time.monotonic() > limit:
                names = ", ".join(service.name for service in waiting)
                raise LocalFailure(f"Not ready after {READY_WITHIN:g} seconds: {names}; see the lines above.")
            if waiting:
                time.sleep(LOOKS_EVERY)

    def require_alive(self) -> None:
        """Refuse to go on when a service has ended by itself."""
        for service in self.services:
            if not service.alive():
                code = service.process.returncode if service.process else None
                if service.reader is not None:
                    service.reader.join(1)
                raise LocalFailure(
                    f"The service {service.name} has ended (exit code {code}), so everything was stopped; "
                    "its last words are above."
                )

    def _started(self, service: Service) -> Process:
        """Start a service: as a copy of us where copies are safe, because we have imported what it needs."""
        if COPIES_ARE_SAFE:
            return copy(importlib.import_module(f"{service.module}.__main__").main, self.environment)
        return start(
            [sys.executable, "-m", service.module],
            output=subprocess.PIPE,
            environment={**os.environ, **self.environment, "PYTHONUNBUFFERED": "1"},
        )


def _repeat(service: Service) -> None:
    """Repeat what a service says, each line under its name."""
    if service.process is None or service.process.stdout is None:
        return
    for line in service.process.stdout:
        sys.stdout.write(f"{service.name:<13} | {line.decode(errors='replace').rstrip()}\n")
        sys.stdout.flush()
