"""Receivers that go away, cut, stall and come back: everything arrives, in order, and nobody else waits."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.events.drills.conftest import Ground, Nursery, Program

    Eventually = Callable[..., Awaitable[None]]

pytestmark = pytest.mark.slow

# What a receiver does to some or all of the posts, by the name of its hook.
MANNERS: dict[str, dict[str, Any]] = {
    "flapping": {"status": 500, "share": 0.3},
    "cutting": {"reset": True, "share": 0.3},
    "overloaded": {"status": 429, "share": 0.3, "retryAfter": 1},
    "slow": {"status": 204, "delay": 0.3},
    "hanging": {"status": 500, "share": 0.2, "delay": 3},
}


async def hours_pass(place: Ground, hours: int) -> None:
    """Move the clock: whatever is to happen within these hours is due now."""
    # What a worker is writing at this moment is moved at the next look; waiting for it may end in a deadlock.
    await place.country.pool.execute(
        "update notification_delivery set next_attempt_at = next_attempt_at - $1 * interval '1 hour' where id in ("
        "select id from notification_delivery where next_attempt_at is not null for update skip locked)",
        hours,
    )
    await place.country.pool.execute(
        "update webhook_endpoint set resting_until = resting_until - $1 * interval '1 hour',"
        " failing_since = failing_since - $1 * interval '1 hour'",
        hours,
    )


async def test_endpoints_that_misbehave_get_everything_and_delay_nobody_else(
    ground: Callable[[int], Any],
    program_receiver: Program,
    nursery: Nursery,
    eventually: Eventually,
    full: bool,  # noqa: FBT001 - a fixture
) -> None:
    place: Ground = await ground(6)
    for hook, how in MANNERS.items():
        await place.country.endpoint(place.agency, program_receiver.url(hook))
        await program_receiver.behave(hook, **how)
    for _ in range(2):
        await nursery.bear(WEBHOOK_TIMEOUT="2", WEBHOOK_FIRST_RETRY="0.1", WEBHOOK_ATTEMPTS="50")
    for turn in range(40 if full else 5):
        for cluster in place.clusters:
            await place.happen(cluster, 1 + turn % 2)
    sent_at = time.time()
    events = sum(map(len, place.sent.values()))

    async def well_served() -> bool:
        done: int = await place.country.pool.fetchval(
            "select count(*) from notification_delivery where endpoint_id = $1 and status = 'SENT'",
            place.endpoint,
        )
        return done == events

    await eventually(well_served, 120)
    wait = time.time() - sent_at

    async def done() -> bool:
        # What rests for a while is looked at as if the while had passed.
        await hours_pass(place, 1)
        return await place.done()

    await eventually(done, 600 if full else 120)
    posts = await program_receiver.posts()
    for hook in ("first", *MANNERS):
        place.judge(posts, hook)
    last = max(post.at for post in posts if post.hook != "first")
    assert sent_at + wait < last, "the endpoint that behaves waited for those that do not"


async def test_a_receiver_that_was_down_for_a_day_gets_everything_once_it_is_back(
    ground: Callable[[int], Any], program_receiver: Program, nursery: Nursery, eventually: Eventually
) -> None:
    place: Ground = await ground(3)
    await program_receiver.behave(reset=True)
    await nursery.bear()
    for hour in range(24):
        await place.happen(place.clusters[hour % 3])
        await hours_pass(place, 1)
        await asyncio.sleep(0.1)

    async def resting() -> bool:
        found: bool = await place.country.pool.fetchval(
            "select failures >= 5 and paused_at is null from webhook_endpoint"
        )
        return found

    await eventually(resting)
    assert await place.unfinished() == 24
    await program_receiver.behave(share=0)

    async def done() -> bool:
        await hours_pass(place, 1)
        return await place.done()

    await eventually(done, 60)
    place.judge(await program_receiver.posts())
    assert await place.country.pool.fetchval("select failures from webhook_endpoint") == 0


@pytest.mark.parametrize("workers", [1, 2, 4])
async def test_any_number_of_workers_delivers_everything_once(
    ground: Callable[[int], Any],
    program_receiver: Program,
    nursery: Nursery,
    eventually: Eventually,
    workers: int,
    full: bool,  # noqa: FBT001 - a fixture
) -> None:
    place: Ground = await ground(10)
    for _ in range(workers):
        await nursery.bear(DELIVERY_LEASE="60")
    for cluster in place.clusters:
        for _ in range(10):
            await place.happen(cluster, 20 if full else 2)
    await eventually(place.done, 300)
    posts, doubled = place.judge(await program_receiver.posts())
    assert (posts, doubled) == (10 * 10 * (20 if full else 2), 0)
