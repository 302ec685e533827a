"""Knows where in its life the process is: starting, serving, draining."""

from __future__ import annotations

import asyncio


class Lifecycle:
    """Shared by the probes, the streams and the server, which moves it forward."""

    def __init__(self) -> None:
        self.started = False
        self.draining = False
        self.closing = asyncio.Event()

    def drain(self) -> None:
        """Ask for no new work: /ready says so, and answers close their connections."""
        self.draining = True

    def close_streams(self) -> None:
        """Tell every open stream to end, so that its client comes back to another process."""
        self.draining = True
        self.closing.set()
