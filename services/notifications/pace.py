"""How many attempts of one recipient may stand unwritten at once: one at first, more while much or slowly is sent."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

STRETCH: Final = 100
"""For so many attempts without a pause one more may stand unwritten: one in a hundred."""

SLOW_SECONDS: Final = 0.05
"""For so much waiting for an answer one more may stand unwritten."""

_REMEMBERED: Final = 16


class Pace:
    """Lets the attempts of one stretch of work begin, so that a worker that is killed leaves few in the dark.

    An attempt stands unwritten from its beginning until its outcome is committed; if the worker dies meanwhile, it
    is made again. So a stretch begins one by one. Only what a long queue needs to be done at full speed, and a slow
    recipient for the time it is merely waited for (the fastest recent answer: our own load is no reason), is given
    more room; then those made again are still few of many.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._unwritten = 0
        self._ended = 0
        self._answered: deque[float] = deque(maxlen=_REMEMBERED)
        self._waiting: deque[asyncio.Future[None]] = deque()

    @property
    def room(self) -> int:
        """How many may stand unwritten at the moment."""
        slow = int(min(self._answered) / SLOW_SECONDS) if self._answered else 0
        return min(1 + self._ended // STRETCH + slow, self._most)

    async def begin(self) -> bool:
        """Wait for one's turn; return whether one had to."""
        if self._unwritten < self.room and not self._waiting:
            self._unwritten += 1
            return False
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        await turn
        return True

    def answered(self, seconds: float) -> None:
        """Take note of how long an attempt took."""
        self._answered.append(seconds)

    def end(self) -> None:
        """Let the next begin: an attempt is written down, or was not made after all."""
        self._unwritten -= 1
        self._ended += 1
        while self._waiting and self._unwritten < self.room:
            turn = self._waiting.popleft()
            if not turn.done():
                self._unwritten += 1
                turn.set_result(None)
