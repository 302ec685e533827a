"""Connections that lead outside only: the name is resolved, judged and pinned in one step, at connecting."""

from __future__ import annotations

import asyncio
import select
import socket
from typing import TYPE_CHECKING, Any

import httpcore2

from schema.notifications.addresses import UnusableTarget, is_outside

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Iterable

    Resolve = Callable[[str, int], Awaitable[list[str]]]
    Connect = Callable[[str, int], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system's resolver for every address of a host."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Connection(httpcore2.AsyncNetworkStream):
    """A connection on asyncio's own streams; whoever posts limits the time of the whole exchange."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._socket = writer.get_extra_info("socket")

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002, ASYNC109 - httpcore's
        """Read what has come."""
        return await self._reader.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002, ASYNC109 - as above
        """Write everything."""
        if buffer:
            self._writer.write(buffer)
            await self._writer.drain()

    async def aclose(self) -> None:
        """Close it, without waiting for the other side."""
        self._writer.transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - as above
    ) -> httpcore2.AsyncNetworkStream:
        """Begin TLS, or close: also when our patience ends in the middle of the handshake."""
        try:
            await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except BaseException:
            await self.aclose()
            raise
        return self

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - the signature is httpcore's
        """Tell of the TLS or the socket beneath, and whether an idle connection has anything to say (its end)."""
        if info == "is_readable":
            return self._has_something_to_say()
        names = {"client_addr": "sockname", "server_addr": "peername"}
        return self._writer.get_extra_info(names.get(info, info))

    def _has_something_to_say(self) -> bool:
        if self._reader.at_eof() or self._writer.is_closing() or (descriptor := self._socket.fileno()) < 0:
            return True
        asked = select.poll()
        asked.register(descriptor, select.POLLIN)
        return bool(asked.poll(0))


class OutsideOnly(httpcore2.AsyncNetworkBackend):
    """Connects to the very address it judged, so that a name cannot turn inwards between the two."""

    def __init__(
        self,
        *,
        inside_allowed: bool = False,
        resolve: Resolve = resolve,
        connect: Connect = asyncio.open_connection,
    ) -> None:
        self._connect = connect
        self._inside_allowed = inside_allowed
        self._resolve = resolve

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,  # noqa: ARG002 - as above
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - as above
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address of a host, all of which lie outside.

        Raises:
            UnusableTarget: one of them lies inside.
        """
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"{host} cannot be resolved") from error
        if not addresses:
            raise httpcore2.ConnectError(f"{host} has no address")
        if not self._inside_allowed and not all(is_outside(address) for address in addresses):
            raise UnusableTarget(
                "نام میزبان به نشانی‌ای درون شبکه می‌رسد؛ نشانی عمومی بدهید.",
                "the host name leads to an address inside: give one of the public internet",
            )
        return Connection(*await self._connect(addresses[0], port))

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109, ARG002 - as above
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - as above
    ) -> httpcore2.AsyncNetworkStream:
        """Refuse: a socket of this machine is as far inside as can be."""
        raise UnusableTarget("سوکت محلی پذیرفته نیست.", f"no webhook is posted to a local socket ({path})")

    async def sleep(self, seconds: float) -> None:
        """Wait between attempts to connect."""
        await asyncio.sleep(seconds)
