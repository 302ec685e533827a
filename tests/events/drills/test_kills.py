"""Workers killed with SIGKILL, at random and at every step: nothing lost, few posts doubled, the order kept."""

from __future__ import annotations

import asyncio
import random
import signal
from typing import TYPE_CHECKING, Any

import pytest

from tests.events.drills.mortal import STEPS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.events.drills.conftest import Ground, Nursery, Program

    Eventually = Callable[..., Awaitable[None]]

pytestmark = pytest.mark.slow


class Feeder:
    """Lets things happen at a steady pace while workers die."""

    def __init__(self, ground: Ground, events: int, per_second: float) -> None:
        self.left = events
        self._ground = ground
        self._per_second = per_second

    async def run(self) -> None:
        turn = 0
        began = asyncio.get_running_loop().time()
        done = 0
        while self.left:
            cluster = self._ground.clusters[turn % len(self._ground.clusters)]
            count = min(self.left, 1 + turn % 3)
            await self._ground.happen(cluster, count)
            turn += 1
            done += count
            self.left -= count
            ahead = began + done / self._per_second - asyncio.get_running_loop().time()
            await asyncio.sleep(max(0, ahead))


async def test_a_worker_killed_at_any_step_loses_nothing(
    ground: Callable[[int], Any], program_receiver: Program, nursery: Nursery, eventually: Eventually
) -> None:
    place: Ground = await ground(4)
    feeder = asyncio.create_task(Feeder(place, 200, 20).run())
    dying = [await nursery.bear(step, 2) for step in STEPS]

    async def died() -> bool:
        return not any(child.lives() for child in dying) or (feeder.done() and await place.done())

    await eventually(died, 90)
    if not feeder.done():
        await nursery.bear()
    await feeder
    await eventually(place.done, 60)
    reached = [step for step, child in zip(STEPS, dying, strict=True) if not child.lives()]
    assert len(reached) >= len(STEPS) - 2, reached
    place.judge(await program_receiver.posts())


async def test_a_hundred_kills_over_ten_thousand_events(
    ground: Callable[[int], Any],
    program_receiver: Program,
    nursery: Nursery,
    full: bool,  # noqa: FBT001 - a fixture
    figure: Callable[[str], None],
) -> None:
    events, wanted = (10_000, 100) if full else (200, 4)
    place: Ground = await ground(50 if full else 5)
    steps, chance = list(STEPS), random.Random(5)  # noqa: S311 - no secret depends on it
    workers = [await nursery.bear(), await nursery.bear()]
    for worker in workers:
        await worker.ready()
    feeder = asyncio.create_task(Feeder(place, events, 22).run())
    kills = 0
    while kills < wanted:
        # Every other death comes at a random moment, every other at a step, the steps in their turn; they are
        # spread over the whole time in which things happen.
        await asyncio.sleep(chance.uniform(2, 7) if full else chance.uniform(0.5, 3))
        for turn, worker in enumerate(workers):
            if kills % 2 == turn and worker.lives():
                worker.send(signal.SIGKILL)
                await asyncio.sleep(0.05)
            if not worker.lives():
                kills += 1
                step = steps[kills // 2 % len(steps)] if kills % 2 else None
                workers[turn] = await nursery.bear(step, chance.randint(1, 20))
    await feeder
    for worker in workers:
        worker.send(signal.SIGKILL)
    for _ in workers:
        await nursery.bear()
    limit = asyncio.get_running_loop().time() + 300
    while not await place.done():
        assert asyncio.get_running_loop().time() < limit, await place.unfinished()
        await asyncio.sleep(0.5)
    posts, doubled = place.judge(await program_receiver.posts())
    figure(
        f"{kills} kills over {events:,} events, 2 workers: 0 lost, {doubled} of {posts} doubled, order kept"
    )
    assert doubled < max(0.01 * events, 4 * wanted if not full else 0)
