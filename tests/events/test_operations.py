"""What operators rely on: probes and figures, and workers that freeze, and a database that restarts."""

from __future__ import annotations

import asyncio
import re
import signal
from typing import TYPE_CHECKING

import httpx2
from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID

    from tests.events.conftest import Country, Received, Receiver, Start

    Eventually = Callable[..., Awaitable[None]]


async def place(country: Country, receiver: Receiver) -> UUID:
    province = await country.province(1)
    await country.endpoint(await country.agency(province), receiver.url)
    return await country.cluster(province)


def done_with(country: Country, count: int) -> Callable[[], Awaitable[bool]]:
    async def done() -> bool:
        found: int = await country.pool.fetchval(
            "select count(*) from notification_delivery where status = 'SENT' and channel = 'WEBHOOK'"
        )
        return found == count

    return done


def figure(page: str, name: str) -> float | None:
    found = re.search(rf"^{re.escape(name)} (.+)$", page, re.MULTILINE)
    return float(found[1]) if found else None


async def test_operators_see_how_the_worker_stands(
    country: Country, receiver: Receiver, start_worker: Start, eventually: Eventually
) -> None:
    cluster = await place(country, receiver)
    worker = start_worker()
    await worker.ready()
    await country.happen(cluster, count=3)
    await eventually(done_with(country, 3))
    sent = 'khoosheh_notifications_deliveries_total{channel="WEBHOOK",outcome="SENT"}'
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{worker.port}") as client:
        for path in ("/live", "/ready", "/startup"):
            assert (await client.get(path)).status_code == 200

        async def counted() -> bool:
            return figure((await client.get("/metrics")).text, sent) == 3

        await eventually(counted)
        page = (await client.get("/metrics")).text
    assert figure(page, "khoosheh_notifications_events_total") == 3
    assert figure(page, "khoosheh_notifications_lag_seconds") == 0
    assert figure(page, 'khoosheh_notifications_queue{kind="unfinished"}') == 0


async def test_a_worker_frozen_beyond_its_lease_is_stood_in_for_and_decides_nothing_afterwards(
    country: Country, receiver: Receiver, start_worker: Start, eventually: Eventually
) -> None:
    cluster = await place(country, receiver)
    frozen = start_worker()
    await frozen.ready()
    arrived = asyncio.Event()

    async def freeze(_post: Received, tries: int) -> Response:
        if tries == 1 and not arrived.is_set():
            frozen.process.send_signal(signal.SIGSTOP)
            arrived.set()
        return Response(status_code=204)

    receiver.behave = freeze
    await country.happen(cluster, count=2)
    await arrived.wait()
    await start_worker().ready()
    await eventually(done_with(country, 2))
    frozen.process.send_signal(signal.SIGCONT)
    assert await asyncio.to_thread(frozen.stop) == 0
    ids = [post.id for post in receiver.posts]
    assert len(ids) == 3
    assert len(set(ids)) == 2
    assert ids[0] == ids[1], "the next of the lane was posted before the first was finished"
    rows = await country.pool.fetch(
        "select status, attempts_made, lease from notification_delivery order by position"
    )
    assert [tuple(row) for row in rows] == [("SENT", 1, None), ("SENT", 1, None)]


async def test_connections_cut_by_the_server_are_made_anew_and_nothing_is_lost(
    country: Country, receiver: Receiver, start_worker: Start, eventually: Eventually
) -> None:
    cluster = await place(country, receiver)
    worker = start_worker()
    await worker.ready()
    for round_ in range(1, 4):
        await country.happen(cluster, count=2)
        await country.pool.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
            " and pid <> all($1)",
            [holder._con.get_server_pid() for holder in country.pool._holders if holder._con],  # noqa: SLF001 - spared
        )
        await eventually(done_with(country, 2 * round_))
    assert len({post.event for post in receiver.posts}) == 6
    assert len({post.id for post in receiver.posts}) == 6
    assert worker.process.poll() is None
