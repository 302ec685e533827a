"""Stops work nobody waits for any more: cancels the running statement when the client leaves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from services.graphql.body import ClientLeft

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from starlette.types import Receive

Result = TypeVar("Result")

LOOKS_EVERY: Final = 0.02


async def until_disconnected(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


@dataclass(slots=True, eq=False)
class _Visit:
    """One request under way, and the task that watches its client once it takes longer than a moment."""

    worker: asyncio.Task[object]
    receive: Receive
    noticed: bool = False
    left: bool = False
    watch: asyncio.Task[None] | None = None

    async def watch_client(self) -> None:
        """Cancel the work when the client leaves."""
        await until_disconnected(self.receive)
        self.left = True
        self.worker.cancel()


class Departures:
    """Looks at the requests under way a few times a second, as long as there are any.

    Nearly every request is over before it is noticed twice and pays for nothing; a timer of its own for
    each would cost more than the rest of the door.
    """

    def __init__(self) -> None:
        self._visits: set[_Visit] = set()
        self._looking = False

    async def unless_client_leaves(self, work: Awaitable[Result], receive: Receive) -> Result:
        """Await the work in the running task; cancel it when the client leaves.

        Raises:
            ClientLeft: the client has gone and the work was stopped.
        """
        worker = asyncio.current_task()
        assert worker is not None  # noqa: S101 - a coroutine that runs is run by a task
        visit = _Visit(worker, receive)
        self._visits.add(visit)
        if not self._looking:
            self._look_later()
        try:
            result = await work
            if visit.left:
                # The client left as the work ended: let the cancellation arrive here and nowhere else.
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            if visit.left:
                worker.uncancel()
                raise ClientLeft from None
            raise
        finally:
            self._visits.discard(visit)
            if visit.watch is not None:
                visit.watch.cancel()
        return result

    def _look_later(self) -> None:
        self._looking = True
        asyncio.get_running_loop().call_later(LOOKS_EVERY, self._look)

    def _look(self) -> None:
        for visit in self._visits:
            if visit.noticed and visit.watch is None:
                visit.watch = asyncio.get_running_loop().create_task(visit.watch_client())
            visit.noticed = True
        self._looking = False
        if self._visits:
            self._look_later()
