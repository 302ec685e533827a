"""How fast a backlog drains, against a bare loop of signed posts; and how soon the first byte is on the wire."""

from __future__ import annotations

import asyncio
import signal
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

    from tests.events.conftest import Country
    from tests.events.drills.conftest import Ground, Nursery, Program

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


class BareLoop:
    """Posts signed bodies without a database, with the same means and as many at once, for as long as it is let."""

    def __init__(self, country: Country, url: str, concurrency: int) -> None:
        settings = country.settings
        documents = Documents(country.pool, ScopedDocuments(country.pool, settings).answer)
        self.channel = WebhookChannel(
            Sealer(settings), documents, timeout=settings.webhook_timeout, inside_allowed=True
        )
        self._url = url
        self._concurrency = concurrency

    async def run(self, seconds: float) -> tuple[int, float]:
        """Post for so many seconds; return how many posts there were, and in which time."""
        began = time.monotonic()
        posts = await asyncio.gather(
            *(self._one_after_the_other(began + seconds) for _ in range(self._concurrency))
        )
        return sum(posts), time.monotonic() - began

    async def _one_after_the_other(self, until: float) -> int:
        posts = 0
        while time.monotonic() < until:
            outcome = await self.channel.post(Post(new_id(), self._url, (SECRET,), _BODY))
            assert outcome.response_code == 204, outcome.problem
            posts += 1
        return posts


async def _vacuum(country: Country) -> None:
    """Do every half minute what autovacuum does in operation; the server of the tests has it switched off."""
    while True:
        async with country.pool.acquire() as connection:
            await connection.execute("set statement_timeout = 0")
            await connection.execute("vacuum notification_delivery")
            await connection.execute("set statement_timeout = 10000")
        await asyncio.sleep(30)


async def test_a_backlog_drains_at_least_half_as_fast_as_a_bare_loop_posts(
    ground: Callable[[int], Any],
    program_receiver: Program,
    nursery: Nursery,
    eventually: Eventually,
    full: bool,  # noqa: FBT001 - a fixture
    figure: Callable[[str], None],
) -> None:
    events, clusters, turns, seconds = (100_000, 500, 20, 2.0) if full else (5_000, 50, 6, 0.8)
    place: Ground = await ground(clusters)
    country = place.country
    async with country.pool.acquire() as connection:
        await connection.execute("set statement_timeout = 0")
        await connection.execute(_EVENTS, events, clusters)
        await connection.execute(_FILL, place.endpoint, place.agency)
        await connection.execute("set statement_timeout = 10000")
    await country.pool.execute("analyze notification_delivery, event, cluster, province")
    vacuuming = asyncio.create_task(_vacuum(country))
    worker = await nursery.bear(DELIVERY_LEASE="120", WEBHOOK_TIMEOUT="20", DIARY="")

    async def arrived(count: int) -> bool:
        return await program_receiver.count("first") >= count

    # Longer than it takes to be at full speed.
    await eventually(lambda: arrived(2_000 if full else 500), 300)
    # The two take turns, so that both meet the same load of this machine; the one that is not measured stands still.
    bare, ratios = BareLoop(country, program_receiver.url("bare"), 16), []
    async with bare.channel:
        for _ in range(turns):
            worker.send(signal.SIGSTOP)
            posts, took = await bare.run(seconds)
            before, began = await program_receiver.count("first"), time.monotonic()
            worker.send(signal.SIGCONT)
            await asyncio.sleep(seconds)
            drained = await program_receiver.count("first") - before
            ratios.append(drained / (time.monotonic() - began) / (posts / took))
    ratio = statistics.median(ratios)
    if not full:
        figure(
            f"a backlog drains at {ratio:.2f} × the rate of a bare loop of signed posts ({turns} turns each)"
        )
        vacuuming.cancel()
        assert ratio >= 0.25, "the goal of a quiet machine is 0.5 (make drills)"
        return
    before, began = await program_receiver.count("first"), time.monotonic()
    await eventually(lambda: arrived(events), events / 20)
    rate = (events - before) / (time.monotonic() - began)
    worker.send(signal.SIGTERM)

    async def ended() -> bool:
        return not worker.lives()

    await eventually(ended)
    assert await place.done()
    vacuuming.cancel()
    figure(
        f"a backlog of {events:,} deliveries: {rate:.0f}/s by one worker;"
        f" {ratio:.2f} × the rate of a bare loop of signed posts ({turns} turns each)"
    )
    assert ratio >= 0.5 or rate >= 300


async def test_the_first_byte_is_on_the_wire_within_a_tenth_of_a_second(
    ground: Callable[[int], Any],
    program_receiver: Program,
    nursery: Nursery,
    eventually: Eventually,
    full: bool,  # noqa: FBT001 - a fixture
    figure: Callable[[str], None],
) -> None:
    place: Ground = await ground(3)
    await (await nursery.bear(DIARY="")).ready()
    rounds, committed = 200 if full else 15, []
    for turn in range(rounds):
        await place.happen(place.clusters[turn % 3])
        committed.append(time.time())

        async def arrived(turn: int = turn) -> bool:
            return await program_receiver.count("first") > turn

        await eventually(arrived)
    posts = await program_receiver.posts()
    waits = [post.at - at for post, at in zip(posts, committed, strict=True)]
    median = statistics.median(waits) * 1000
    figure(f"from commit to the first byte: median {median:.0f} ms over {rounds} events")
    # Found by hearing: looking every fifth of a second would take a tenth of a second longer.
    assert median < (100 if full else 1_000)
