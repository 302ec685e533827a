"""A client that costs next to nothing: a kept connection, a request made once, an answer read whole."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

END_OF_HEADERS: Final = b"\r\n\r\n"
LENGTH: Final = b"content-length: "
CHUNKED: Final = b"transfer-encoding: chunked"
LAST_CHUNK: Final = b"0\r\n\r\n"
LARGEST_ANSWER: Final = 16 * 1024 * 1024


class Unexpected(Exception):
    """A server answered with something else than 200."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a workload is asked for, and the whole request as bytes."""

    host: str
    port: int
    request: bytes


def target(port: int, path: str, body: bytes, headers: Mapping[str, str]) -> Target:
    """Put the request together once."""
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/json",
        "Accept: application/json",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return Target("127.0.0.1", port, "\r\n".join(lines).encode() + END_OF_HEADERS + body)


class Connection:
    """One connection kept open to one server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def to(cls, port: int) -> Connection:
        """Open a connection on the loopback address."""
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=LARGEST_ANSWER))

    async def ask(self, request: bytes) -> bytes:
        """Send the request and return the body of its answer."""
        self._writer.write(request)
        head = (await self._reader.readuntil(END_OF_HEADERS)).lower()
        body = await self._body(head)
        if not head.startswith(b"http/1.1 200"):
            raise Unexpected(f"{head.splitlines()[0].decode()}: {body[:300].decode(errors='replace')}")
        return body

    async def timed(self, request: bytes) -> float:
        """Return how many milliseconds an answer took."""
        began = time.perf_counter()
        await self.ask(request)
        return (time.perf_counter() - began) * 1000

    async def close(self) -> None:
        """Close the connection."""
        self._writer.close()

    async def _body(self, head: bytes) -> bytes:
        if CHUNKED in head:
            return await self._chunks()
        start = head.index(LENGTH) + len(LENGTH)
        return await self._reader.readexactly(int(head[start : head.index(b"\r\n", start)]))

    async def _chunks(self) -> bytes:
        pieces: list[bytes] = []
        while size := int(await self._reader.readuntil(b"\r\n"), 16):
            pieces.append((await self._reader.readexactly(size + 2))[:-2])
        await self._reader.readuntil(b"\r\n")
        return b"".join(pieces)
