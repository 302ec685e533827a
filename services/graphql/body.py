"""Reads the body of a request within limits of size and time."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from services.graphql.exchange import Refusal
from services.graphql.patience import within

if TYPE_CHECKING:
    from starlette.types import Receive

DISCARD_LIMIT = 32_000_000
DISCARD_SECONDS = 5.0


class ClientLeft(Exception):
    """The client closed its connection; nobody is there to be answered."""


async def read_body(receive: Receive, declared: bytes | None, *, limit: int, seconds: float) -> bytes:
    """Return the whole body, or refuse it when it is larger or slower than the limits."""
    if declared is not None and declared.isdigit() and int(declared[-18:]) > limit:
        await discard(receive)
        raise _too_large(limit)
    try:
        return await within(seconds, _whole(receive, limit))
    except TimeoutError:
        raise Refusal(
            "REQUEST_TIMEOUT", f"The body did not arrive within {seconds:g} seconds.",
            headers={"connection": "close"},
        ) from None  # fmt: skip


async def _whole(receive: Receive, limit: int) -> bytes:
    chunks = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientLeft
        chunks += message.get("body", b"")
        if len(chunks) > limit:
            chunks.clear()
            if message.get("more_body", False):
                await discard(receive)
            raise _too_large(limit)
        if not message.get("more_body", False):
            return bytes(chunks)


def _too_large(limit: int) -> Refusal:
    return Refusal(
        "PAYLOAD_TOO_LARGE", f"The body is larger than {limit} bytes.", headers={"connection": "close"}
    )


async def discard(receive: Receive) -> None:
    """Let a client finish sending what is refused anyway, else it sees a reset instead of the answer."""
    discarded = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(DISCARD_SECONDS):
            while discarded < DISCARD_LIMIT:
                message = await receive()
                discarded += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
