"""Workers killed with SIGKILL, at random and at every step: nothing lost, few posts doubled, the order kept."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Any

import pytest

from tests.events.drills.mortal import STEPS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.events.conftest import Process, Start
    from tests.events.drills.conftest import Ground, Program

    Eventually = Callable[..., Awaitable[None]]
    Mortal = Callable[[str, int], tuple[str, ...]]

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


async def until_dead(process: Process, seconds: float) -> bool:
    """Wait for a worker to die by itself; return whether it did."""
    try:
        await asyncio.wait_for(asyncio.to_thread(process.process.wait), seconds)
    except TimeoutError:
        return False
    return True


async def test_a_worker_killed_at_any_step_loses_nothing(
    ground: Callable[[int], Any],
    program_receiver: Program,
    start_worker: Start,
    mortal: Mortal,
    eventually: Eventually,
) -> None:
    place: Ground = await ground(4)
    dying = [start_worker(*mortal(step, 2)) for step in STEPS]
    feeder = asyncio.create_task(Feeder(place, 400, 40).run())
    died = await asyncio.gather(*(until_dead(process, 60) for process in dying))
    survivor = start_worker()
    await feeder
    await eventually(place.done, 90)
    assert sum(died) >= len(STEPS) - 2, "the steps were not reached"
    for process in (*dying, survivor):
        if process.process.poll() is None:
            process.kill()
    place.judge(await program_receiver.posts())


async def test_a_hundred_kills_over_ten_thousand_events(
    ground: Callable[[int], Any],
    program_receiver: Program,
    start_worker: Start,
    mortal: Mortal,
    full: bool,  # noqa: FBT001 - a fixture
    figure: Callable[[str], None],
) -> None:
    if not full:
        pytest.skip("the full form is a drill: make drills")
    place: Ground = await ground(50)
    steps, chance = list(STEPS), random.Random(5)  # noqa: S311 - no secret depends on it
    workers = [start_worker(), start_worker()]
    for worker in workers:
        await worker.ready()
    feeder = asyncio.create_task(Feeder(place, 10_000, 25).run())
    kills = 0
    while kills < 100:
        turn = kills % 2
        # Every other life ends at a step, the steps in their turn; the others end at a random moment.
        if workers[turn].process.poll() is None:
            await asyncio.sleep(chance.uniform(0.2, 3))
            workers[turn].kill()
        kills += 1
        command = mortal(steps[kills // 2 % len(steps)], chance.randint(1, 40)) if kills % 4 < 2 else ()
        workers[turn] = start_worker(*command)
        if workers[turn - 1].process.poll() is not None:
            workers[turn - 1] = start_worker()
            kills += 1
    await feeder
    for turn, worker in enumerate(workers):
        if worker.process.poll() is None:
            worker.kill()
        workers[turn] = start_worker()
    limit = asyncio.get_running_loop().time() + 300
    while not await place.done():
        assert asyncio.get_running_loop().time() < limit, await place.unfinished()
        await asyncio.sleep(0.5)
    posts, doubled = place.judge(await program_receiver.posts())
    figure(f"{kills} kills over 10,000 events, 2 workers: 0 lost, {doubled} doubled of {posts}, order kept")
    assert doubled < 100
