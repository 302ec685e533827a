"""Connections that lead outside only: the name is resolved, judged and pinned in one step, at connecting."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any

import httpcore2

from schema.notifications.addresses import UnusableTarget, is_outside

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Iterable

    Resolve = Callable[[str, int], Awaitable[list[str]]]


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system's resolver for every address of a host."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Closing(httpcore2.AsyncNetworkStream):
    """A connection that is closed too when our patience ends in the middle of its TLS handshake."""

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's
        """Read what has come."""
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as above
        """Write everything."""
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close it."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - as above
    ) -> httpcore2.AsyncNetworkStream:
        """Begin TLS, or close."""
        try:
            return await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self._stream.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - the signature is httpcore's
        """Tell of the socket beneath."""
        return self._stream.get_extra_info(info)


class OutsideOnly(httpcore2.AsyncNetworkBackend):
    """Connects to the very address it judged, so that a name cannot turn inwards between the two."""

    def __init__(self, *, inside_allowed: bool = False, resolve: Resolve = resolve) -> None:
        self._backend = httpcore2.AnyIOBackend()
        self._inside_allowed = inside_allowed
        self._resolve = resolve

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
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
        return Closing(
            await self._backend.connect_tcp(addresses[0], port, timeout, local_address, socket_options)
        )

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
        await self._backend.sleep(seconds)
