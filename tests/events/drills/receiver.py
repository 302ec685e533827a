"""A partner's endpoint as a program of its own: fast, keeps every post as it came, misbehaves on command.

`POST /hook/<name>` is a webhook. `GET /count/<name>` and `GET /posts` tell what arrived; `PUT /behave` says how a
hook behaves from now on: {"name", "status", "share" (of posts that are treated so), "delay" (seconds),
"reset" (cut the connection instead of answering), "retryAfter"}.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from typing import Any

POSTS: list[list[Any]] = []
COUNTS: Counter[str] = Counter()
FORGOTTEN = {"bare"}
BEHAVIOUR: dict[str, dict[str, Any]] = {}
REASONS = {200: "OK", 204: "No Content", 429: "Too Many Requests", 500: "Internal Server Error"}


class Hook(asyncio.Protocol):
    """One connection; requests are answered in their order."""

    def __init__(self) -> None:
        self._read = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._read[:end]).decode("latin-1").split("\r\n")
            headers = {
                name.strip().lower(): value.strip()
                for name, _, value in (line.partition(":") for line in head[1:])
            }
            length = int(headers.get("content-length", "0"))
            if len(self._read) < end + 4 + length:
                return
            body = bytes(self._read[end + 4 : end + 4 + length])
            del self._read[: end + 4 + length]
            method, path, _ = head[0].split(" ", 2)
            self._receive(method, path, headers, body)

    def _receive(self, method: str, path: str, headers: dict[str, str], body: bytes) -> None:
        if method == "PUT":
            told = json.loads(body)
            BEHAVIOUR[told.pop("name")] = told
            self._answer(200, b"{}")
        elif path.startswith("/count/"):
            self._answer(200, json.dumps(COUNTS[path.removeprefix("/count/")]).encode())
        elif path == "/posts":
            self._answer(200, json.dumps(POSTS).encode())
        else:
            self._hooked(path.removeprefix("/hook/"), headers, body)

    def _hooked(self, name: str, headers: dict[str, str], body: bytes) -> None:
        how = BEHAVIOUR.get(name, {})
        bad = bool(how) and random.random() < how.get("share", 1)  # noqa: S311 - no secret depends on it
        status = how.get("status", 204) if bad else 204
        post = [
            time.time(), name, headers["webhook-id"], headers["webhook-timestamp"],
            headers["webhook-signature"], body.decode(), 0 if bad and how.get("reset") else status,
        ]  # fmt: skip
        COUNTS[name] += 1
        if name not in FORGOTTEN:
            POSTS.append(post)
        if bad and how.get("reset"):
            assert self._transport
            self._transport.abort()
            return
        extra = f"retry-after: {how['retryAfter']}\r\n" if bad and "retryAfter" in how else ""
        if bad and how.get("delay"):
            asyncio.get_running_loop().call_later(how["delay"], self._answer, status, b"", extra)
        else:
            self._answer(status, b"", extra)

    def _answer(self, status: int, body: bytes, extra: str = "") -> None:
        assert self._transport
        head = f"HTTP/1.1 {status} {REASONS.get(status, 'X')}\r\n{extra}content-length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)


async def serve(port: int) -> None:
    """Listen until the process ends."""
    server = await asyncio.get_running_loop().create_server(Hook, "127.0.0.1", port, backlog=1000)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
