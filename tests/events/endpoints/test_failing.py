"""An endpoint that fails is rested, tried, paused, told of, and loses nothing."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from starlette.responses import Response

from schema.vocabulary import UserRole
from services.notifications.standing import TRIAL_AFTER, Standing
from tests.events.endpoints.standing import due_now, fail, health

if TYPE_CHECKING:
    from uuid import UUID

    from tests.events.conftest import Country, Pipeline, Received, Receiver
    from tests.world import Api

REMARK = (
    "query ($id: ID!) { webhookEndpoint(id: $id) { health failures lastProblem"
    " notificationDeliveries(first: 1) { nodes { attempts { status problem } } } } }"
)


async def test_an_endpoint_that_fails_rests_and_is_tried_by_one_delivery(
    owner: Api, endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, province: UUID
) -> None:
    clusters = [await country.cluster(province) for _ in range(8)]
    receiver.behave = fail
    for cluster in clusters:
        await country.happen(cluster)
    await pipeline.run()
    assert len(receiver.posts) == 8, "before anything was known of it, it was posted to at once"
    standing = await health(owner, endpoint)
    assert standing["health"] == "RESTING"
    assert standing["failures"] == standing["failuresToday"] == 8
    assert standing["waiting"] == 8
    assert "500" in standing["lastProblem"]
    await country.pool.execute("update notification_delivery set next_attempt_at = now()")
    assert await pipeline.send() == 0, "it rests"

    await due_now(country)
    await pipeline.sender.send_due()
    assert await pipeline.deliveries.take(32) == [], "one delivery is on its way to try it"
    await pipeline.sender.settle()
    assert len(receiver.posts) == 9

    receiver.behave = None
    await due_now(country)
    await pipeline.send()
    standing = await health(owner, endpoint)
    assert (standing["health"], standing["failures"], standing["failingSince"]) == ("WORKING", 0, None)
    await due_now(country)
    await pipeline.send()
    assert (await health(owner, endpoint))["waiting"] == 0
    assert len({post.id for post in receiver.accepted()}) == 8


async def test_a_failed_trial_doubles_the_rest(
    owner: Api, endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, cluster: UUID
) -> None:
    receiver.behave = fail
    await country.happen(cluster)
    rests = []
    for _ in range(TRIAL_AFTER + 2):
        await pipeline.run()
        rests.append(
            await country.pool.fetchval(
                "select extract(epoch from resting_until - now())::float8 from webhook_endpoint"
            )
        )
        await due_now(country)
    assert rests[: TRIAL_AFTER - 1] == [None] * (TRIAL_AFTER - 1)
    first, second, third = rests[TRIAL_AFTER - 1 :]
    assert 0 < first < second < third
    assert (await health(owner, endpoint))["failures"] == TRIAL_AFTER + 2


async def test_what_the_endpoint_asks_for_is_waited_for_by_everything_meant_for_it(
    owner: Api, endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, province: UUID
) -> None:
    async def slow_down(_post: Received, _tries: int) -> Response:
        return Response(status_code=429, headers={"retry-after": "120"})

    receiver.behave = slow_down
    await country.happen(await country.cluster(province))
    await pipeline.run()
    assert (await health(owner, endpoint))["health"] == "RESTING"
    await country.happen(await country.cluster(province))
    assert await pipeline.run() == 0
    assert len(receiver.posts) == 1
    left = await country.pool.fetchval("select resting_until - now() from webhook_endpoint")
    assert datetime.timedelta(seconds=110) < left <= datetime.timedelta(seconds=120)


async def test_an_endpoint_that_fails_for_days_is_paused_and_its_owner_and_administrators_are_told(
    owner: Api, endpoint: str, agency: UUID, receiver: Receiver, pipeline: Pipeline, country: Country
) -> None:
    told = await country.endpoint(agency, receiver.url.replace("first", "notices"), "webhook.paused")
    national = await country.user(UserRole.NATIONAL_ADMINISTRATOR)
    foreign = await country.endpoint(await country.agency(), receiver.url.replace("first", "foreign"))
    standing = Standing(country.pool, pause_after=3 * 86400)
    await country.pool.execute(
        "update webhook_endpoint set failures = 40, failing_since = now() - interval '4 days',"
        " last_problem = 'the endpoint answered 500' where id = $1",
        endpoint.removeprefix("WebhookEndpoint_"),
    )
    assert await standing.look() == 1
    assert await standing.look() == 0
    shown = await health(owner, endpoint)
    assert (shown["health"], shown["pausedBecause"]) == ("PAUSED", "FAILING")
    await pipeline.run()
    (post,) = receiver.posts
    assert post.data["details"]["failures"] == 40
    rows = await country.pool.fetch("select endpoint_id, user_id from notification_delivery")
    assert {tuple(row) for row in rows} == {(told, None), (None, national)}, foreign
    trail = await country.pool.fetch("select entity, action, actor from audit_entry")
    assert [tuple(row) for row in trail] == [
        ("WebhookEndpoint", "pauseFailingEndpoint", "services.notifications")
    ]
    resumed = await owner.accepted("resumeWebhookEndpoint", {"id": endpoint}, "health pausedBecause failures")
    assert resumed == {"health": "WORKING", "pausedBecause": None, "failures": 0}


async def test_an_endpoint_that_answers_with_a_web_page_is_told_so_where_its_owner_looks(
    owner: Api, endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, cluster: UUID
) -> None:
    async def page(_post: Received, _tries: int) -> Response:
        return Response("<!DOCTYPE html><title>Welcome</title>", media_type="text/html")

    receiver.behave = page
    await country.happen(cluster)
    await pipeline.run()
    shown = (await owner.data(REMARK, {"id": endpoint}))["webhookEndpoint"]
    assert (shown["health"], shown["failures"]) == ("WORKING", 0), "it took the message"
    assert "let it answer 204" in shown["lastProblem"]
    (attempt,) = shown["notificationDeliveries"]["nodes"][0]["attempts"]
    assert (attempt["status"], "web page" in attempt["problem"]) == ("SUCCEEDED", True)
    receiver.behave = None
    await country.happen(cluster)
    await pipeline.run()
    assert (await owner.data(REMARK, {"id": endpoint}))["webhookEndpoint"]["lastProblem"] is None
