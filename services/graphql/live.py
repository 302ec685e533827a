"""What every live transport shares: following a stream of results until it ends or has to end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic

import orjson
import structlog
from starlette.requests import Request

from services.graphql.exchange import GraphQLEngine, GraphQLRequest, GraphQLResponse, Refusal, ViewerT

if TYPE_CHECKING:
    from services.graphql.lifecycle import Lifecycle
    from services.graphql.metrics import DoorMetrics

ViewerOf = Callable[[Request], Awaitable[ViewerT]]
"""Says who asks, or raises a Refusal with 401 or 403."""

OUR_FAULT = Refusal("INTERNAL", "The service failed to go on with this stream; subscribe again.")
NO_LONGER_WELCOME = Refusal("UNAUTHENTICATED", "Your session or token has ended; sign in again.")

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class LiveLimits:
    """How long and how much a live connection may ask for."""

    heartbeat_seconds: float = 12.0
    identity_seconds: float = 10.0
    initialisation_seconds: float = 5.0
    operations_per_connection: int = 100
    reservations: int = 1000
    reservation_seconds: float = 60.0


@dataclass(frozen=True)
class Live(Generic[ViewerT]):
    """What the live transports need of the application."""

    engine: GraphQLEngine[ViewerT]
    viewer_of: ViewerOf[ViewerT]
    lifecycle: Lifecycle
    metrics: DoorMetrics
    limits: LiveLimits


class NoLongerWelcome(Exception):
    """The viewer's session or token ended while the stream was open."""


async def follow(
    live: Live[ViewerT], source: AsyncIterator[bytes], connection: Request, *stops: asyncio.Future[None]
) -> AsyncGenerator[bytes | None, None]:
    """Yield each result, and None after each silent pause; end with the source or with the first stop.

    The next result is only asked for when the last one has been taken, so a slow client slows its own
    stream and nobody's memory. Who asks is looked up again every few seconds: a revoked
    token ends its streams.
    """
    closing = asyncio.ensure_future(live.lifecycle.closing.wait())
    ends: set[asyncio.Future[Any]] = {closing, *stops}
    looked_up = time.monotonic()
    upcoming: asyncio.Task[bytes | None] = asyncio.ensure_future(_next(source))
    try:
        while True:
            done, _ = await asyncio.wait(
                {upcoming, *ends}, timeout=live.limits.heartbeat_seconds, return_when=asyncio.FIRST_COMPLETED
            )
            if time.monotonic() - looked_up > live.limits.identity_seconds:
                await _look_up_again(live, connection)
                looked_up = time.monotonic()
            if upcoming in done:
                result = upcoming.result()
                if result is None:
                    return
                yield result
                upcoming = asyncio.ensure_future(_next(source))
            elif done:
                return
            else:
                yield None
    finally:
        closing.cancel()
        upcoming.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await upcoming
        close = getattr(source, "aclose", None)
        if close is not None:
            await close()


async def _next(source: AsyncIterator[bytes]) -> bytes | None:
    return await anext(source, None)


async def _look_up_again(live: Live[ViewerT], connection: Request) -> None:
    try:
        await live.viewer_of(connection)
    except Refusal:
        raise NoLongerWelcome from None


def resumed(request: GraphQLRequest, cursor: str | None) -> GraphQLRequest:
    """Ask for what came after the cursor the client remembers, unless the request itself says it."""
    if not cursor or "after" in (request.extensions or {}):
        return request
    return replace(request, extensions={**(request.extensions or {}), "after": cursor})


def cursor_of(result: bytes) -> str | None:
    """Return the cursor a result carries, from which its client can resume."""
    document = orjson.loads(result)
    extensions = document.get("extensions")
    cursor = extensions.get("cursor") if isinstance(extensions, dict) else None
    return cursor if isinstance(cursor, str) and cursor.isprintable() else None


def errors_of(response: GraphQLResponse) -> list[object]:
    """Return the list of errors of a response without data."""
    errors: list[object] = orjson.loads(response.body).get("errors", [])
    return errors
