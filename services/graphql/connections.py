"""Sets the limits of a connection that uvicorn has none for: slow or endless headers, answers nobody reads."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterable

HEADER_SECONDS = 10.0
HEADER_LIMIT = 64 * 1024
STALL_SECONDS = 12.0
STALL_BYTES_PER_SECOND = 1024

_HEADERS_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\nx-content-type-options: nosniff\r\n\r\n"
)


class PatientConnection(HttpToolsProtocol):
    """An HTTP connection that remembers since when it waits for headers, which uvicorn has no limit for."""

    headers_awaited_since: float | None
    header_bytes: int
    earlier: list[RequestResponseCycle]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Wait for the first request from now on."""
        self.headers_awaited_since = time.monotonic()
        self.header_bytes = 0
        self.earlier = []
        super().connection_made(transport)

    def on_message_begin(self) -> None:
        """Wait for the rest of the headers from now on."""
        self.headers_awaited_since = time.monotonic()
        self.header_bytes = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Wait no longer."""
        self.headers_awaited_since = None
        earlier, queued = self.cycle, len(self.pipeline)
        super().on_headers_complete()
        if len(self.pipeline) > queued:
            self.remember(earlier)

    def remember(self, earlier: RequestResponseCycle) -> None:
        """Keep in mind a request under way that is not the last one of the connection any more."""
        self.earlier = [cycle for cycle in self.earlier if not cycle.response_complete]
        self.earlier.append(earlier)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell requests sent in advance of others too; uvicorn tells only the last one."""
        for cycle in self.earlier:
            cycle.disconnected = True
            cycle.message_event.set()
        self.earlier.clear()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Refuse headers larger than any honest client sends, before they fill the memory."""
        super().data_received(data)
        if self.headers_awaited_since is not None:
            self.header_bytes += len(data)
            if self.header_bytes > HEADER_LIMIT and not self.transport.is_closing():
                self.transport.write(_HEADERS_TOO_LARGE)
                self.transport.close()


class SlowClients:
    """Notices who drips its headers or does not read what it asked for, and cuts the connection."""

    def __init__(self) -> None:
        self._unsent: dict[int, tuple[float, int]] = {}

    def cut(self, connections: Iterable[Any], now: float) -> None:
        """Look at each connection; called about once a second."""
        unsent: dict[int, tuple[float, int]] = {}
        for connection in list(connections):
            transport = connection.transport
            awaited_since = getattr(connection, "headers_awaited_since", None)
            if awaited_since is not None and now - awaited_since > HEADER_SECONDS:
                _cut(connection)
                continue
            waiting = transport.get_write_buffer_size()
            if not waiting:
                continue
            since, at_first = self._unsent.get(id(connection), (now, waiting))
            if now - since > STALL_SECONDS:
                if at_first - waiting < STALL_BYTES_PER_SECOND * STALL_SECONDS:
                    _cut(connection)
                    continue
                since, at_first = now, waiting
            unsent[id(connection)] = (since, at_first)
        self._unsent = unsent


def _cut(connection: Any) -> None:  # noqa: ANN401 - uvicorn's HTTP and WebSocket connections share no type
    """Close a connection at once, and say so to the requests that still want to answer on it."""
    running = [*getattr(connection, "earlier", ()), getattr(connection, "cycle", None)]
    for cycle in running:
        if cycle is not None:
            cycle.disconnected = True
    connection.transport.abort()
