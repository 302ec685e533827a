"""Whoever listens comes back after every loss, and ends when told to, even while the database dies."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from services import listening

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@asynccontextmanager
async def dying_connection() -> AsyncIterator[None]:
    """Give a connection whose server is gone when it is given back."""
    try:
        yield
    finally:
        raise asyncpg.InterfaceError("connection is closed")


async def test_the_word_to_end_is_not_lost_with_the_connection() -> None:
    waiting = asyncio.Event()

    async def listen(_connection: Any) -> None:
        waiting.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(listening.keep_listening(dying_connection, listen, lambda _: None))
    await waiting.wait()
    task.cancel()
    done, _ = await asyncio.wait({task}, timeout=5)
    assert done
    assert task.cancelled()


async def test_every_loss_is_told_with_its_reason_and_listening_begins_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listening, "_LISTENS_AGAIN", 0.0)
    reasons: list[type[Exception] | None] = []
    often = asyncio.Event()

    async def listen(_connection: Any) -> None:
        """Lose the connection at once."""

    def deaf(why: Exception | None) -> None:
        reasons.append(type(why) if why else None)
        if len(reasons) == 3:
            often.set()

    task = asyncio.create_task(listening.keep_listening(dying_connection, listen, deaf))
    await asyncio.wait_for(often.wait(), 5)
    task.cancel()
    assert set(reasons) == {asyncpg.InterfaceError}


async def test_what_is_no_outage_is_not_endured() -> None:
    async def listen(_connection: Any) -> None:
        raise LookupError

    @asynccontextmanager
    async def connection() -> AsyncIterator[None]:
        yield

    with pytest.raises(LookupError):
        await listening.keep_listening(connection, listen, lambda _: None)
