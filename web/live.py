"""Tells open pages how many messages wait, as they come in: server-sent events for the bell."""

from __future__ import annotations

import asyncio
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from web.door import Refused
from web.house import signed_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    from starlette.requests import Request

    from services.graphql import Bells, Lifecycle
    from web.house import House
    from web.session import SignedIn

HEARTBEAT: Final = 14.0
LASTS: Final = 600.0


def routes(house: House, lifecycle: Lifecycle, bells: Bells | None) -> list[Route]:
    """Return the route of the stream; without bells it tells the count once and lives on."""

    async def live(request: Request) -> Response:
        person = await signed_in(house, request)
        if person is None or person.viewer.user_id is None:
            return Response(status_code=401)
        bell = bells.bell(person.viewer.user_id) if bells else nullcontext(asyncio.Event())
        return StreamingResponse(
            _counts(house, request, lifecycle, bell),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return [Route("/inbox/live", live, methods=["GET"])]


async def _counts(
    house: House,
    request: Request,
    lifecycle: Lifecycle,
    hung: AbstractAsyncContextManager[asyncio.Event],
) -> AsyncIterator[bytes]:
    """Yield the count when the bell rings for another, and a word now and then so that silence is no end.

    Nothing is asked of the database while nothing changes. Who asks is looked up every time: a session that
    ended gets nothing more. After a while the stream ends and the browser opens another, so that a server
    that goes is left within minutes.
    """
    began, last = time.monotonic(), None
    closing = asyncio.ensure_future(lifecycle.closing.wait())
    try:
        async with hung as bell:
            bell.set()
            while time.monotonic() - began < LASTS and not closing.done():
                rung = bell.is_set()
                bell.clear()
                person = await signed_in(house, request)
                if person is None:
                    return
                count = await _unread(house, person) if rung else last
                if count is None:
                    return
                yield b": still here\n\n" if count == last else _said(count)
                last = count
                ringing = asyncio.ensure_future(bell.wait())
                try:
                    await asyncio.wait(
                        {ringing, closing}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED
                    )
                finally:
                    # Also when the reader has left the page meanwhile.
                    ringing.cancel()
    finally:
        closing.cancel()


async def _unread(house: House, person: SignedIn) -> int | None:
    """Return how many messages wait for somebody; None if that may no longer be asked."""
    try:
        data = await house.door.query(house.documents["inbox/unread"], {}, person)
    except Refused:
        return None
    return int(data["inboxEntries"]["totalCount"])


def _said(count: int) -> bytes:
    return f"retry: 3000\nevent: unread\ndata: {count}\n\n".encode()
