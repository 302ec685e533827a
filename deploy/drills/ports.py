"""Finds ports nobody listens on, and waits until somebody does."""

from __future__ import annotations

import socket
import time


def free_port() -> int:
    """Return a port of this machine that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, *, seconds: float = 30.0) -> None:
    """Return when something accepts connections there."""
    limit = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > limit:
                raise TimeoutError(f"Nothing listens on port {port} after {seconds:g} seconds.") from None
            time.sleep(0.05)
        else:
            return
