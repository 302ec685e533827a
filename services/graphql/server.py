"""Runs the application on uvicorn: cuts connections that dawdle, ends without losing what was accepted."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import uvicorn

from services.graphql.connections import SlowClients
from services.graphql.straight import StraightConnection

if TYPE_CHECKING:
    import socket
    from types import FrameType

    from starlette.types import ASGIApp

    from services.graphql.lifecycle import Lifecycle

MESSAGE_LIMIT = 1_000_000
DRAIN_SECONDS = 1.0
GRACEFUL_SECONDS = 20
CLOSE_SECONDS = 1.0


class GracefulServer(uvicorn.Server):
    """uvicorn's server with a watch over slow connections and a farewell to open streams."""

    def __init__(self, config: uvicorn.Config, lifecycle: Lifecycle, *, drain_seconds: float) -> None:
        super().__init__(config)
        self._lifecycle = lifecycle
        self._drain_seconds = drain_seconds
        self._slow_clients = SlowClients()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End after the first signal, at once after a second Ctrl-C, never by raising it again."""
        super().handle_exit(sig, frame)
        self._captured_signals.clear()

    async def on_tick(self, counter: int) -> bool:
        """Look after the connections once a second, besides what uvicorn does."""
        if counter % 10 == 0:
            self._slow_clients.cut(self.server_state.connections, time.monotonic())
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let the platform notice, end the streams, then let running requests finish.

        While draining the port is still open: /ready already answers 503, and every other answer closes
        its connection, so that no client loses a request it had just sent on a connection kept alive.
        """
        self._lifecycle.drain()
        watch = asyncio.ensure_future(self._keep_watch())
        try:
            if not self.force_exit:
                await asyncio.sleep(self._drain_seconds)
            self._lifecycle.close_streams()
            for server in self.servers:
                server.close()
            await self._settled()
            await super().shutdown(sockets)
        finally:
            watch.cancel()

    async def _settled(self) -> None:
        """Wait for those whom uvicorn would cut off next.

        WebSockets need a moment for their own farewell, and who connected last may have a request on its way.
        """
        deadline = time.monotonic() + CLOSE_SECONDS
        while time.monotonic() < deadline:
            # A connection that has served a request is an idle one, or a busy one that uvicorn waits for.
            if all(getattr(connection, "cycle", None) for connection in self.server_state.connections):
                return
            await asyncio.sleep(0.02)

    async def _keep_watch(self) -> None:
        while True:
            await asyncio.sleep(1)
            self._slow_clients.cut(self.server_state.connections, time.monotonic())


def make_server(
    app: ASGIApp,
    lifecycle: Lifecycle,
    *,
    drain_seconds: float = DRAIN_SECONDS,
    graceful_seconds: int = GRACEFUL_SECONDS,
) -> GracefulServer:
    """Return a server that is ready to run on the sockets it is given; ending it, requests get these seconds."""
    config = uvicorn.Config(
        app,
        http=StraightConnection,
        lifespan="on",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=graceful_seconds,
        ws="websockets-sansio",
        ws_max_size=MESSAGE_LIMIT,
        ws_per_message_deflate=False,
        ws_ping_interval=20.0,
        ws_ping_timeout=20.0,
    )
    return GracefulServer(config, lifecycle, drain_seconds=drain_seconds)
