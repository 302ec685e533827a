"""Nothing lost, nothing doubled but under the same id, order kept: against real workers and a real receiver."""

from __future__ import annotations

import asyncio
import datetime
import itertools
import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from starlette.responses import RedirectResponse, Response

from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.events.conftest import Country, Received, Receiver, Start

    Eventually = Callable[..., Awaitable[None]]


async def unfinished(country: Country) -> int:
    found: int = await country.pool.fetchval(
        "select (select count(*) from unrouted_event)"
        " + (select count(*) from notification_delivery where next_attempt_at is not null)"
    )
    return found


async def all_done(country: Country) -> bool:
    return await unfinished(country) == 0


async def partner(country: Country, receiver: Receiver, clusters: int = 1) -> tuple[UUID, list[UUID]]:
    """Make an agency with an endpoint that wants everything in a province with some clusters."""
    province = await country.province(1)
    agency = await country.agency(province)
    endpoint = await country.endpoint(agency, receiver.url)
    return endpoint, [await country.cluster(province) for _ in range(clusters)]


def in_order(posts: list[Received], sent: dict[UUID, list[UUID]]) -> bool:
    """Whether within each cluster the first acceptances came in the order of the events."""
    for cluster, events in sent.items():
        accepted = [post.event for post in posts if post.cluster == f"Cluster_{cluster}"]
        if list(dict.fromkeys(accepted)) != [str(event) for event in events]:
            return False
    return True


async def test_a_completed_phase_reaches_the_inbox_and_the_partner_at_once(
    country: Country, receiver: Receiver, start_worker: Start, eventually: Eventually
) -> None:
    endpoint, (cluster,) = await partner(country, receiver)
    province = await country.pool.fetchval("select province_id from cluster where id = $1", cluster)
    administrator = await country.administrator(province, "FA")
    worker = start_worker()
    await worker.ready()

    waits = []
    for _ in range(5):
        began, count = time.monotonic(), len(receiver.posts)
        await country.happen(cluster)

        async def arrived(count: int = count) -> bool:
            return len(receiver.posts) > count

        await eventually(arrived)
        waits.append(receiver.posts[-1].at - began)
    assert sorted(waits)[2] < 0.2, waits

    await eventually(lambda: all_done(country))
    inbox = await country.pool.fetch("select * from inbox_entry where user_id = $1", administrator)
    assert [entry["body"] for entry in inbox] == ["فاز «مطالعه شناختی» خوشهٔ «گلیم 1» پایان یافت."] * 5
    log = await country.pool.fetch(
        "select d.id, d.status, a.response_code, a.duration_ms from notification_delivery d"
        " join delivery_attempt a on a.delivery_id = d.id where d.endpoint_id = $1",
        endpoint,
    )
    assert {str(row["id"]) for row in log} == {post.id for post in receiver.posts}
    assert {(row["status"], row["response_code"]) for row in log} == {("SENT", 204)}
    assert receiver.forged == 0
    assert worker.stop() == 0


async def test_an_endpoint_that_misbehaves_gets_everything_in_order_and_delays_nobody_else(
    country: Country, receiver: Receiver, start_worker: Start, eventually: Eventually
) -> None:
    endpoint, clusters = await partner(country, receiver, clusters=3)
    well = await country.endpoint(
        await country.pool.fetchval("select agency_id from webhook_endpoint where id = $1", endpoint),
        receiver.url.replace("first", "second"),
    )
    turns = itertools.cycle((500, 429, "redirect", "slow", 503))

    async def misbehave(post: Received, tries: int) -> Response:
        of = await country.pool.fetchval(
            "select endpoint_id from notification_delivery where id = $1::text::uuid", post.id
        )
        if of == well or tries > 2:
            return Response(status_code=204)
        match next(turns):
            case "redirect":
                return RedirectResponse("/hook/elsewhere")
            case "slow":
                await asyncio.sleep(1.5)
                return Response(status_code=500)
            case 429:
                return Response(status_code=429, headers={"retry-after": "1"})
            case code:
                return Response(status_code=int(str(code)))

    receiver.behave = misbehave
    worker = start_worker(WEBHOOK_TIMEOUT="1")
    await worker.ready()
    sent = {cluster: await country.happen(cluster, count=3) for cluster in clusters}

    async def well_served() -> bool:
        done: int = await country.pool.fetchval(
            "select count(*) from notification_delivery where endpoint_id = $1 and status = 'SENT'", well
        )
        return done == 9

    await eventually(well_served, 20)
    assert await unfinished(country) > 0, "the endpoint that behaves waited for the one that does not"
    await eventually(lambda: all_done(country), 90)
    ids = {
        row["id"]: row["endpoint_id"]
        for row in await country.pool.fetch("select * from notification_delivery")
    }
    for one in (endpoint, well):
        mine = [post for post in receiver.accepted() if str(ids[UUID(post.id)]) == str(one)]
        assert in_order(mine, sent)
    attempts = await country.pool.fetch("select * from delivery_attempt order by at")
    assert {row["response_code"] for row in attempts} >= {500, 429, 307, 204}
    slowed = [row for row in attempts if row["response_code"] == 429]
    for row in slowed:
        later = [
            found["at"]
            for found in attempts
            if found["delivery_id"] == row["delivery_id"] and found["at"] > row["at"]
        ]
        assert (min(later) - row["at"]).total_seconds() >= 1, "Retry-After was not honoured"
    assert any("redirects elsewhere" in (row["problem"] or "") for row in attempts)
    assert any("within 1 seconds" in (row["problem"] or "") for row in attempts)


async def test_events_written_while_nobody_worked_are_delivered_once_by_two_workers(
    country: Country, receiver: Receiver, start_worker: Start, eventually: Eventually
) -> None:
    _, clusters = await partner(country, receiver, clusters=4)
    sent = {cluster: await country.happen(cluster, count=30) for cluster in clusters}
    workers = [start_worker(), start_worker()]
    for worker in workers:
        await worker.ready()
    await eventually(lambda: all_done(country))
    assert sorted(post.event for post in receiver.posts) == sorted(
        str(e) for found in sent.values() for e in found
    )
    assert in_order(receiver.posts, sent)
    assert [worker.stop() for worker in workers] == [0, 0]


async def test_a_worker_that_is_asked_to_end_finishes_what_it_has_begun(
    country: Country, receiver: Receiver, start_worker: Start, eventually: Eventually
) -> None:
    _, (cluster,) = await partner(country, receiver)

    async def linger(_post: Received, _tries: int) -> Response:
        await asyncio.sleep(1)
        return Response(status_code=204)

    receiver.behave = linger
    worker = start_worker()
    await worker.ready()
    await country.happen(cluster)

    async def arrived() -> bool:
        return len(receiver.posts) == 1

    await eventually(arrived)
    code = await asyncio.to_thread(worker.stop)
    assert code == 0
    assert await all_done(country)
    assert len(receiver.posts) == 1


async def test_an_endpoint_that_never_answers_is_given_up_and_holds_nobody_up(
    country: Country, receiver: Receiver, start_worker: Start, eventually: Eventually
) -> None:
    endpoint, (cluster,) = await partner(country, receiver)
    poison, fine = await country.happen(cluster, count=2)

    async def refuse_the_first(post: Received, _tries: int) -> Response:
        return Response(status_code=500 if post.event == str(poison) else 204)

    receiver.behave = refuse_the_first
    worker = start_worker(WEBHOOK_ATTEMPTS="3")
    await worker.ready()
    await eventually(lambda: all_done(country))
    rows: Any = await country.pool.fetch(
        "select event_id, status, attempts_made from notification_delivery where endpoint_id = $1 order by position",
        endpoint,
    )
    assert [tuple(row) for row in rows] == [(poison, "EXHAUSTED", 3), (fine, "SENT", 1)]


async def test_users_and_agencies_hear_of_what_they_reach_at_the_time_of_sending_and_of_nothing_else(
    country: Country, receiver: Receiver, start_worker: Start, eventually: Eventually
) -> None:
    _, (here,) = await partner(country, receiver)
    home = await country.pool.fetchval("select province_id from cluster where id = $1", here)
    away = await country.province(2)
    there = await country.cluster(away)
    near, far = await country.administrator(home), await country.administrator(away)
    viewer = await country.user(UserRole.PROVINCE_VIEWER)
    await country.record("user_province", user_id=viewer, province_id=home)
    agent = await country.user(UserRole.DEVELOPMENT_AGENT)
    former = await country.user(UserRole.DEVELOPMENT_AGENT)
    for user, until in ((agent, None), (former, datetime.date(2026, 2, 1))):
        await country.record(
            "agent_assignment", cluster_id=here, project_id=await country.pool.fetchval(
                "select id from cluster_project where cluster_id = $1", here) or await country.project(here),
            role="ASSISTANT_AGENT" if until else "CLUSTER_DEVELOPMENT_AGENT", title_fa="عامل", title_en="Agent",
            user_id=user, valid_from=datetime.date(2026, 1, 1), valid_to=until,
        )  # fmt: skip
    disabled = await country.administrator(home)
    await country.pool.execute("update app_user set disabled_at = now() where id = $1", disabled)
    (event,) = await country.happen(here)
    (elsewhere,) = await country.happen(there)
    await start_worker().ready()
    await eventually(lambda: all_done(country))
    told = await country.pool.fetch(
        "select i.event_id, i.user_id from inbox_entry i join event e on e.id = i.event_id where e.occasion is null"
    )
    assert {tuple(row) for row in told} == {(event, near), (event, agent), (elsewhere, far)}
    posted = {post.event for post in receiver.posts}
    assert str(event) in posted
    assert str(elsewhere) not in posted
