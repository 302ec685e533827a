"""Limits how long something may take without a timer for what is there already."""

from __future__ import annotations

import asyncio
import types
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine, Generator

Result = TypeVar("Result")


async def within(seconds: float, work: Coroutine[Any, Any, Result]) -> Result:
    """Await the work for at most these seconds.

    Most work of the door is done at once, such as taking a body that has arrived with its headers. The first
    step shows; only what has to wait after it is worth a timer.

    Raises:
        TimeoutError: the work took longer and was cancelled.
    """
    try:
        waits_for = work.send(None)
    except StopIteration as done:
        result: Result = done.value
        return result
    async with asyncio.timeout(seconds):
        return await _continued(work, waits_for)


@types.coroutine
def _continued(work: Coroutine[Any, Any, Result], waits_for: object) -> Generator[Any, Any, Result]:
    """Go on with a coroutine whose first step is taken, as `await` would."""
    while True:
        try:
            value = yield waits_for
        except BaseException as error:  # noqa: BLE001 - everything is passed on, cancellation above all
            step = partial(work.throw, error)
        else:
            step = partial(work.send, value)
        try:
            waits_for = step()
        except StopIteration as done:
            result: Result = done.value
            return result
