"""Workers killed with SIGKILL, at random and at every step: nothing lost, few posts doubled, the order kept."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.events.drills.mortal import STEPS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.events.drills.conftest import Arrived, Child, Ground, Nursery, Program

    Eventually = Callable[..., Awaitable[None]]

pytestmark = pytest.mark.slow


# Where a worker dies between a post and the record of it.
_LEAVE_A_POST_UNWRITTEN: Final = frozenset({"after posting", "before writing down"})


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
    place: Ground = await ground(3)
    for turn, step in enumerate(STEPS):
        await place.happen(place.clusters[turn % 3], 2)
        # Nobody else works, so it comes to its step, however busy the machine is.
        dying = await nursery.bear(step, DELIVERY_LEASE="1")

        async def died(dying: Child = dying) -> bool:
            return not dying.lives()

        await eventually(died)
    await nursery.bear(DELIVERY_LEASE="60")
    await eventually(place.done)
    _, doubled = place.judge(await program_receiver.posts())
    # Whoever dies between a post and its record has it done again, and that one only.
    assert doubled <= len(_LEAVE_A_POST_UNWRITTEN)


async def kill(nursery: Nursery, workers: list[Child], wanted: int, *, pause: tuple[float, float]) -> int:
    """Kill workers and replace them, every other at a random moment, every other at a step, the steps in their turn."""
    steps, chance = list(STEPS), random.Random(5)  # noqa: S311 - no secret depends on it
    kills = 0
    while kills < wanted:
        # They are spread over the whole time in which things happen.
        await asyncio.sleep(chance.uniform(*pause))
        for turn, worker in enumerate(workers):
            if kills % 2 == turn and worker.lives():
                worker.send(signal.SIGKILL)
                await asyncio.sleep(0.05)
            if not worker.lives():
                kills += 1
                step = steps[kills // 2 % len(steps)] if kills % 2 else None
                workers[turn] = await nursery.bear(step, chance.randint(1, 20))
    return kills


async def test_a_hundred_kills_over_ten_thousand_events(
    ground: Callable[[int], Any],
    program_receiver: Program,
    nursery: Nursery,
    full: bool,  # noqa: FBT001 - a fixture
    figure: Callable[[str], None],
) -> None:
    events, wanted = (10_000, 100) if full else (100, 3)
    place: Ground = await ground(50 if full else 5)
    workers = [await nursery.bear(), await nursery.bear()]
    for worker in workers:
        await worker.ready()
    feeder = asyncio.create_task(Feeder(place, events, 22).run())
    kills = await kill(nursery, workers, wanted, pause=(2, 7) if full else (0.5, 1.5))
    await feeder
    for worker in workers:
        worker.send(signal.SIGKILL)
    for _ in workers:
        await nursery.bear()
    limit = asyncio.get_running_loop().time() + 300
    while not await place.done():
        assert asyncio.get_running_loop().time() < limit, await place.unfinished()
        await asyncio.sleep(0.5)
    arrived = await program_receiver.posts()
    posts, doubled = place.judge(arrived)
    figure(
        f"{kills} kills over {events:,} events, 2 workers: 0 lost, {doubled} of {posts} doubled"
        f" ({doubled / events:.2%}), order kept"
    )
    for line in why_doubled(nursery.children, arrived):
        figure(line)
    if full:
        assert doubled < 0.01 * events


def why_doubled(children: list[Child], arrived: list[Arrived]) -> list[str]:
    """Say for every way of dying how much the dead left unwritten and how much of that had arrived."""
    times = Counter(post.id for post in arrived)
    unwritten, doubled, deaths = Counter[str](), Counter[str](), Counter[str]()
    for child in children:
        way, left = child.step or "at a random moment", child.unwritten()
        deaths[way] += 1
        unwritten[way] += len(left)
        doubled[way] += sum(times[key] > 1 for key in left)
    return [
        f"  died {way}: {count} workers left {unwritten[way]} posts unwritten, {doubled[way]} of them came twice"
        for way, count in sorted(deaths.items())
    ]
