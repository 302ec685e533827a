"""Tells open pages how many messages wait, as they come in: server-sent events for the bell."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from web.door import Refused
from web.handlers import signed_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from services.graphql import Lifecycle
    from web.handlers import House

LOOKS_EVERY: Final = 2.0
HEARTBEAT: Final = 14.0
LASTS: Final = 600.0


def routes(house: House, lifecycle: Lifecycle) -> list[Route]:
    """Return the route of the stream."""

    async def live(request: Request) -> Response:
        if await signed_in(house, request) is None:
            return Response(status_code=401)
        return StreamingResponse(
            _counts(house, request, lifecycle),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return [Route("/inbox/live", live, methods=["GET"])]


async def _counts(house: House, request: Request, lifecycle: Lifecycle) -> AsyncIterator[bytes]:
    """Yield the count when it changes, and a word now and then so that nobody takes the silence for an end.

    Who asks is looked up every time: a session that ended gets nothing more. After a while the stream
    ends and the browser opens another, so that a server that goes is left within minutes.
    """
    began = spoke = time.monotonic()
    last: int | None = None
    while time.monotonic() - began < LASTS and not lifecycle.closing.is_set():
        person = await signed_in(house, request)
        if person is None:
            return
        try:
            data = await house.door.query(house.documents["inbox/unread"], {}, person)
        except Refused:
            return
        count = data["inboxEntries"]["totalCount"]
        if count != last:
            last, spoke = count, time.monotonic()
            yield f"retry: 3000\nevent: unread\ndata: {count}\n\n".encode()
        elif time.monotonic() - spoke > HEARTBEAT:
            spoke = time.monotonic()
            yield b": still here\n\n"
        try:
            async with asyncio.timeout(LOOKS_EVERY):
                await lifecycle.closing.wait()
        except TimeoutError:
            continue
