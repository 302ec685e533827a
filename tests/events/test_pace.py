"""How much of one recipient's may stand unwritten: one at first, a hundredth of a long queue, more while it is slow."""

from __future__ import annotations

import asyncio

import pytest

from services.notifications.pace import SLOW_SECONDS, STRETCH, Pace

MOST = 16


async def done(pace: Pace, attempts: int, seconds: float = 0.001) -> None:
    """Make so many attempts, one after the other."""
    for _ in range(attempts):
        await pace.begin()
        pace.answered(seconds)
        pace.end()


async def test_at_first_the_next_attempt_waits_until_the_last_is_written_down() -> None:
    pace = Pace(MOST)
    assert not await pace.begin()
    second = asyncio.create_task(pace.begin())
    await asyncio.sleep(0)
    assert not second.done()
    pace.answered(0.001)
    await asyncio.sleep(0)
    assert not second.done(), "an answer that is not written down is nothing"
    pace.end()
    assert await second, "it had to wait"


@pytest.mark.parametrize(
    ("attempts", "room"), [(0, 1), (STRETCH - 1, 1), (STRETCH, 2), (5 * STRETCH, 6), (10**4, MOST)]
)
async def test_of_a_long_queue_one_in_a_hundred_may_stand_unwritten(attempts: int, room: int) -> None:
    pace = Pace(MOST)
    await done(pace, attempts)
    assert pace.room == room


async def test_a_recipient_that_is_merely_waited_for_gets_more_at_once_and_a_busy_moment_of_ours_is_no_reason() -> (
    None
):
    pace = Pace(MOST)
    await done(pace, 3, 4 * SLOW_SECONDS)
    assert pace.room == 5
    await done(pace, 1, 0.002)
    assert pace.room == 1, "the fastest recent answer counts"


async def test_more_room_lets_those_who_wait_begin_in_their_order() -> None:
    pace = Pace(MOST)
    await pace.begin()
    began: list[int] = []

    async def attempt(number: int) -> None:
        await pace.begin()
        began.append(number)

    waiting = [asyncio.create_task(attempt(number)) for number in range(4)]
    await asyncio.sleep(0)
    pace.answered(2 * SLOW_SECONDS)
    pace.end()
    await asyncio.sleep(0)
    assert began == [0, 1, 2]
    pace.end()
    await asyncio.gather(*waiting)
    assert began == [0, 1, 2, 3]
