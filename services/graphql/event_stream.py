"""Serves one operation per connection as server-sent events (GraphQL over SSE, distinct connections mode)."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

import structlog
from starlette.requests import Request

from services.graphql.departure import until_disconnected
from services.graphql.exchange import GraphQLRequest, GraphQLResponse, ViewerT
from services.graphql.live import OUR_FAULT, Live, NoLongerWelcome, cursor_of, follow, resumed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Scope, Send

    from services.graphql.protocol import Headers

HEARTBEAT = b":\n\n"
COMPLETE = b"event: complete\ndata:\n\n"
STREAM_HEADERS: Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]

log = structlog.get_logger(__name__)


def event(name: bytes, document: bytes, cursor: str | None = None) -> bytes:
    """Return one event; line breaks of a JSON document are mere spacing and would end the field."""
    identifier = b"" if cursor is None else b"id: " + cursor.encode() + b"\n"
    return (
        identifier
        + b"event: "
        + name
        + b"\ndata: "
        + document.replace(b"\r", b" ").replace(b"\n", b" ")
        + b"\n\n"
    )


async def stream_events(
    live: Live[ViewerT], request: GraphQLRequest, viewer: ViewerT, scope: Scope, receive: Receive, send: Send
) -> GraphQLResponse | None:
    """Answer with a stream, or return the response that forbids one (no access, too much asked).

    A stream that ends without `complete` was cut by us (a restart, an ended session); its client
    reconnects and resumes from the last cursor.
    """
    connection = Request(scope)
    request = resumed(request, connection.headers.get("last-event-id"))
    source = await live.engine.subscribe(request, viewer, allow_mutation=scope["method"] == "POST")
    if isinstance(source, GraphQLResponse):
        if source.status not in {200, 400}:
            return source
        await send({"type": "http.response.start", "status": 200, "headers": list(STREAM_HEADERS)})
        await send({"type": "http.response.body", "body": event(b"next", source.body) + COMPLETE})
        return None
    await send({"type": "http.response.start", "status": 200, "headers": list(STREAM_HEADERS)})
    gone = asyncio.ensure_future(until_disconnected(receive))
    try:
        with live.metrics.streams.labels("sse").track_inprogress():
            await send({"type": "http.response.body", "body": HEARTBEAT, "more_body": True})
            await send(
                {"type": "http.response.body", "body": await _pass_on(live, source, connection, gone, send)}
            )
    finally:
        gone.cancel()
    return None


async def _pass_on(
    live: Live[ViewerT],
    source: AsyncIterator[bytes],
    connection: Request,
    gone: asyncio.Future[None],
    send: Send,
) -> bytes:
    """Send results until the stream ends, and return the bytes it ends with."""
    sent = live.metrics.results.labels("sse")
    try:
        async with aclosing(follow(live, source, connection, gone)) as results:
            async for result in results:
                part = HEARTBEAT if result is None else event(b"next", result, cursor_of(result))
                await send({"type": "http.response.body", "body": part, "more_body": True})
                if result is not None:
                    sent.inc()
    except NoLongerWelcome:
        return b""
    except Exception:
        log.exception("a stream failed by our own fault")
        return event(b"next", OUR_FAULT.response().body) + COMPLETE
    return b"" if live.lifecycle.closing.is_set() or gone.done() else COMPLETE
