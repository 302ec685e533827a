"""Stops work nobody waits for any more: cancels the running statement when the client leaves."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from services.graphql.body import ClientLeft

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from starlette.types import Receive

Result = TypeVar("Result")


async def until_disconnected(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def unless_client_leaves(work: Awaitable[Result], receive: Receive, *, after: float) -> Result:
    """Await the work in the running task; cancel it when the client leaves.

    Nearly every request is over before `after` seconds and pays for one timer only; the watching task
    starts for those that take longer.
    """
    worker = asyncio.current_task()
    assert worker is not None  # noqa: S101 - a coroutine that runs is run by a task
    loop = asyncio.get_running_loop()
    watch: asyncio.Task[None] | None = None
    left = False

    async def watch_client() -> None:
        nonlocal left
        await until_disconnected(receive)
        left = True
        worker.cancel()

    def begin_watching() -> None:
        nonlocal watch
        watch = loop.create_task(watch_client())

    timer = loop.call_later(after, begin_watching)
    try:
        result = await work
        if left:
            # The client left in the moment the work ended: let the cancellation arrive here and nowhere else.
            await asyncio.sleep(0)
    except asyncio.CancelledError:
        if left:
            worker.uncancel()
            raise ClientLeft from None
        raise
    finally:
        timer.cancel()
        if watch is not None:
            watch.cancel()
    return result
