"""A pool that keeps some connections at hand for reads, because lending one anew costs as much as a small read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import asyncpg

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

# What `asyncpg.create_pool` gives a pool of its own class.
_DEFAULTS: Final = {
    "max_queries": 50_000,
    "max_inactive_connection_lifetime": 300.0,
    "loop": None,
    "connection_class": asyncpg.Connection,
    "record_class": asyncpg.Record,
}


class Pool(asyncpg.Pool):  # type: ignore[misc]  # asyncpg carries no types
    """asyncpg's pool with a short way for a single read.

    To give a connection back takes asyncpg a task and two turns of the event loop, so that it is given back even
    by somebody who is being cancelled. A read that ended well has nothing to give back for: the next read goes on
    with its connection. At most half of the connections wait at hand like this, so that writes, which take theirs
    from the pool, always find the other half.
    """

    def __init__(self, address: str, *, max_size: int, **options: Any) -> None:  # noqa: ANN401 - asyncpg's own
        super().__init__(address, max_size=max_size, **{**_DEFAULTS, **options})
        self._at_hand: list[PoolConnectionProxy[asyncpg.Record]] = []
        self._most_at_hand = max_size // 2
        self._waiting = 0

    async def read(self, statement: str, *values: object) -> Any:  # noqa: ANN401 - whatever the statement selects
        """Return the one value that a statement selects which changes nothing, neither rows nor the session."""
        connection = await self._lent()
        try:
            found = await connection.fetchval(statement, *values)
        except BaseException:
            # What is left, a statement to be cancelled or a connection that is lost, is the pool's to clear up.
            await self.release(connection)
            raise
        if self._waiting or len(self._at_hand) >= self._most_at_hand:
            await self.release(connection)
        else:
            self._at_hand.append(connection)
        return found

    async def close(self) -> None:
        """Close all connections once they are given back; those at hand are given back here."""
        self._most_at_hand = 0
        while self._at_hand:
            await self.release(self._at_hand.pop())
        await super().close()

    async def _lent(self) -> PoolConnectionProxy[asyncpg.Record]:
        """Take the connection used last, or wait for one; as long as a read waits, none is kept back from it."""
        while self._at_hand:
            connection = self._at_hand.pop()
            if _is_open(connection):
                return connection
            await self.release(connection)
        self._waiting += 1
        try:
            return await self.acquire()
        finally:
            self._waiting -= 1


def _is_open(connection: PoolConnectionProxy[asyncpg.Record]) -> bool:
    """Return whether a connection can be used; one that was lost may be back in the pool by itself."""
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:
        return False
