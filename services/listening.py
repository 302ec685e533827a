"""Hears NOTIFY: on connections past a pooler where there is one, else on those of the pool."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import asyncpg

from services.database import connection_options
from services.outages import enduring

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from services.settings import Settings

    # A connection of asyncpg, or its pool's proxy of one, which ships no type.
    Ear: TypeAlias = Callable[[], AbstractAsyncContextManager[Any]]

_LISTENS_AGAIN: Final = 1.0

# What belongs to a pool and not to one connection.
_OF_POOLS = frozenset({"min_size", "max_size", "reset"})


def ear_of(settings: Settings, pool: Callable[[], asyncpg.Pool[asyncpg.Record]]) -> Ear:
    """Return how to open a connection to listen on; a pooler in transaction mode would deliver nothing."""
    direct = settings.database_direct_url
    return (lambda: pool().acquire()) if direct is None else (lambda: _past_the_pooler(settings))


async def keep_listening(
    ear: Ear, listen: Callable[[Any], Awaitable[None]], deaf: Callable[[Exception | None], None]
) -> None:
    """Listen until cancelled: whenever the connection is lost, tell why (`deaf`) and open the next a second later."""
    while True:
        lost: list[Exception] = []
        with enduring(lost.append):
            async with ear() as connection:
                await listen(connection)
        deaf(lost[0] if lost else None)
        await asyncio.sleep(_LISTENS_AGAIN)


async def hear(connection: Any, channel: str, heard: Callable[[str], None]) -> None:  # noqa: ANN401 - asyncpg's proxy has no type
    """Pass on every word said on a channel until the connection is lost.

    Raises:
        OSError, asyncpg.PostgresError, asyncpg.InterfaceError: it cannot be listened on.
    """
    lost = asyncio.Event()

    def pass_on(_connection: object, _process: int, _channel: str, word: object) -> None:
        heard(str(word))

    def lose(_connection: object) -> None:
        lost.set()

    connection.add_termination_listener(lose)
    try:
        await connection.add_listener(channel, pass_on)
        await lost.wait()
    finally:
        connection.remove_termination_listener(lose)
        if not connection.is_closed():
            await connection.remove_listener(channel, pass_on)


@asynccontextmanager
async def _past_the_pooler(settings: Settings) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
    """Connect to PostgreSQL itself for as long as the block lasts.

    Raises:
        OSError, TimeoutError, asyncpg.PostgresError: it cannot be reached.
    """
    if settings.database_direct_url is None:
        raise ValueError("There is no way past the pooler.")
    options = {name: value for name, value in connection_options(settings).items() if name not in _OF_POOLS}
    # Whoever listens asks nothing, so a limit of time for statements or a cache of them has no use.
    connection = await asyncpg.connect(settings.database_direct_url.get_secret_value().strip(), **options)
    try:
        yield connection
    finally:
        # No farewell: what is listened to ends with the connection, and a dead server would never answer.
        connection.terminate()
