"""How fast a backlog drains, against a bare loop of signed posts; and how soon the first byte is on the wire."""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import TYPE_CHECKING, Any

import pytest

from schema.identity import new_id
from services.notifications.channels.documents import Documents
from services.notifications.channels.webhook import Post, WebhookChannel
from services.scoped_documents import ScopedDocuments
from services.sealing import Sealer
from tests.events.conftest import SECRET

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.events.conftest import Country, Start
    from tests.events.drills.conftest import Ground, Program

    Eventually = Callable[..., Awaitable[None]]

pytestmark = pytest.mark.slow
_BODY = b'{"specversion":"1.0","id":"x","data":{"cluster":{"id":"' + b"x" * 500 + b'"}}}'
_FILL = """
insert into notification_delivery (id, revision, created_at, event_id, channel, endpoint_id, agency_id, lane,
  position, status, attempts_made, next_attempt_at)
select gen_random_uuid(), 1, now(), e.id, 'WEBHOOK', $1, $2, e.cluster_id, e.sequence, 'PENDING', 0, now()
from event e order by e.sequence
"""
_EVENTS = """
insert into event (id, type, version, at, cluster_id, province_id, phase_code, subject_type, subject_id, actor,
  correlation_id, payload)
select gen_random_uuid(), 'phase.completed', 1, now() - interval '2 hours', c.id, c.province_id,
  'DIAGNOSTIC_STUDY', 'Cluster', c.id, 'test', 'test', '{}'
from generate_series(1, $1) n join (
  select c.*, row_number() over (order by c.id) as turn from cluster c) c on c.turn = 1 + n % $2
"""


async def bare_loop(country: Country, url: str, posts: int, concurrency: int) -> float:
    """Post signed bodies without a database, with the same means and as many at once; return posts per second."""
    settings = country.settings
    documents = Documents(country.pool, ScopedDocuments(country.pool, settings).answer)
    channel = WebhookChannel(
        Sealer(settings), documents, timeout=settings.webhook_timeout, inside_allowed=True
    )
    left = iter(range(posts))

    async def one_after_the_other() -> None:
        for _ in left:
            outcome = await channel.post(Post(new_id(), url, (SECRET,), _BODY))
            assert outcome.response_code == 204

    async with channel:
        began = time.monotonic()
        await asyncio.gather(*(one_after_the_other() for _ in range(concurrency)))
        return posts / (time.monotonic() - began)


async def test_a_backlog_drains_at_least_half_as_fast_as_a_bare_loop_posts(
    ground: Callable[[int], Any],
    program_receiver: Program,
    start_worker: Start,
    full: bool,  # noqa: FBT001 - a fixture
    figure: Callable[[str], None],
) -> None:
    events, clusters = (100_000, 500) if full else (1_500, 50)
    place: Ground = await ground(clusters)
    country = place.country
    async with country.pool.acquire() as connection:
        await connection.execute("set statement_timeout = 0")
        await connection.execute(_EVENTS, events, clusters)
        await connection.execute(_FILL, place.endpoint, place.agency)
        await connection.execute("set statement_timeout = 10000")
    await country.pool.execute("analyze notification_delivery, event, cluster, province")
    bare = await bare_loop(country, program_receiver.url("bare"), 5_000 if full else 1_000, 16)
    worker = start_worker(DELIVERY_LEASE="60")
    counts: list[tuple[float, int]] = []
    limit = time.monotonic() + events / 20 + 120
    while not counts or counts[-1][1] < events:
        assert time.monotonic() < limit, counts[-3:]
        await asyncio.sleep(0.25)
        counts.append((time.monotonic(), await program_receiver.count() - (5_000 if full else 1_000)))
    assert worker.stop() == 0
    assert await place.done()
    # From the first tenth to the last: neither starting nor the end of the queue is draining.
    first = next(entry for entry in counts if entry[1] >= events / 10)
    last = next(entry for entry in counts if entry[1] >= events * 0.9)
    rate = (last[1] - first[1]) / (last[0] - first[0])
    figure(
        f"a backlog of {events:,} deliveries: {rate:.0f}/s by one worker,"
        f" a bare loop of signed posts {bare:.0f}/s, ratio {rate / bare:.2f}"
    )
    assert rate / bare >= 0.5
    if full:
        assert rate >= 300


async def test_the_first_byte_is_on_the_wire_within_a_tenth_of_a_second(
    ground: Callable[[int], Any],
    program_receiver: Program,
    start_worker: Start,
    eventually: Eventually,
    full: bool,  # noqa: FBT001 - a fixture
    figure: Callable[[str], None],
) -> None:
    place: Ground = await ground(3)
    await start_worker().ready()
    rounds, committed = 200 if full else 20, []
    for turn in range(rounds):
        await place.happen(place.clusters[turn % 3])
        committed.append(time.time())

        async def arrived(turn: int = turn) -> bool:
            return await program_receiver.count() > turn

        await eventually(arrived)
    posts = await program_receiver.posts()
    waits = [post.at - at for post, at in zip(posts, committed, strict=True)]
    median = statistics.median(waits) * 1000
    figure(f"from commit to the first byte: median {median:.0f} ms over {rounds} events")
    assert median < (100 if full else 400)
