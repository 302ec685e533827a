"""Our services as processes of their own: started until they are ready, ended as Kubernetes ends them."""

from __future__ import annotations

import os
import signal
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from deploy.drills.ports import free_port
from services.local.processes import end, start

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

PATIENCE: Final = 120.0
# The modules of the services and the settings of their ports, as in deploy/k8s/base.
PORT_SETTINGS: Final = {
    "services.graphql": "GRAPHQL_PORT",
    "web": "WEB_PORT",
    "services.notifications": "NOTIFICATIONS_PORT",
}


class ServiceProcess:
    """One pod's worth of a service."""

    def __init__(self, module: str, log: Path, **settings: str) -> None:
        self.module = module
        self.port = free_port()
        self.log = log
        self._settings = {**settings, PORT_SETTINGS[module]: str(self.port)}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @contextmanager
    def ended(self) -> Iterator[None]:
        """End it with the block when it was started elsewhere, in a thread for example."""
        try:
            yield
        finally:
            self.stop()

    def stop(self) -> None:
        """End it if it still runs."""
        if self._process is not None:
            end(self._process, signal.SIGTERM, patience=PATIENCE)
            self._process = None

    def start(self) -> None:
        """Start it and wait until it says that it is ready."""
        self.launch()
        self.until_ready()

    def until_ready(self) -> None:
        """Wait until it says that it is ready."""
        limit = time.monotonic() + PATIENCE
        while self.probe("/ready") != 200:  # noqa: PLR2004 - the status of health
            if self._process is None or self._process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError(f"{self.module} does not become ready: {self.log.read_text()[-2000:]}")
            time.sleep(0.05)

    def launch(self) -> subprocess.Popen[bytes]:
        """Start it without waiting for anything."""
        environment = {**os.environ, "LOG_FORMAT": "json", "DATABASE_POOL_MIN": "1", **self._settings}
        with self.log.open("ab") as log:
            self._process = start([sys.executable, "-m", self.module], output=log, environment=environment)
        return self._process

    def probe(self, path: str) -> int:
        """Return the status a probe of Kubernetes sees; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=3) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return refusal.code
        except OSError:
            return 0

    def terminate(self) -> tuple[int, float]:
        """Send SIGTERM as Kubernetes does; return the exit status and the seconds it took."""
        if self._process is None:
            raise RuntimeError("a service that does not run cannot be ended")
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        status = self._process.wait(PATIENCE)
        self._process = None
        return status, time.monotonic() - began
