"""How a database that is restarted or out of reach makes itself known; work goes on when it is back."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import asyncpg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DATABASE_AWAY: Final = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    # How a connection that breaks between two messages is called.
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.TransactionRollbackError,
    asyncpg.InsufficientResourcesError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)
"""What is raised then."""


@contextmanager
def enduring(tell: Callable[[Exception], None]) -> Iterator[None]:
    """Go on whatever the database says, after telling what; but a task that was told to end does end.

    Raises:
        CancelledError: what the dying database raised came in place of the word to end, which would be lost with it.
    """
    try:
        yield
    except (*DATABASE_AWAY, asyncpg.PostgresError) as error:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise asyncio.CancelledError from error
        tell(error)
