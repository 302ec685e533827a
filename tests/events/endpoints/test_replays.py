"""What was posted to an endpoint is posted again for its owner, under the same ids."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest
from starlette.responses import Response

from services.notifications.replays import Replays

if TYPE_CHECKING:
    from uuid import UUID

    from tests.events.conftest import Country, Pipeline, Received, Receiver
    from tests.world import Api


async def test_everything_since_is_posted_again_under_the_same_ids_and_in_order(
    owner: Api, endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, cluster: UUID
) -> None:
    await country.happen(cluster, "phase.started", count=2)
    await pipeline.run()
    await country.pool.execute("update notification_delivery set created_at = now() - interval '2 days'")
    await country.happen(cluster, count=3)
    await country.happen(cluster, "phase.overdue")
    await pipeline.run()
    before = [post.id for post in receiver.posts]
    since = (datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)).isoformat()
    asked = {"webhookEndpointId": endpoint, "since": since, "eventTypes": ["phase.completed"]}
    made = await owner.accepted("replayDeliveries", asked, "id replayed finishedAt webhookEndpoint { id }")
    assert (made["replayed"], made["finishedAt"], made["webhookEndpoint"]) == (0, None, {"id": endpoint})
    replays = Replays(country.pool)
    assert await replays.carry_out() == 3
    assert await replays.carry_out() is None
    await pipeline.send()
    assert [post.id for post in receiver.posts[6:]] == before[2:5]
    shown = await owner.data(
        "query ($id: ID!) { deliveryReplay(id: $id) { replayed finishedAt } }", {"id": made["id"]}
    )
    assert shown["deliveryReplay"]["replayed"] == 3
    assert shown["deliveryReplay"]["finishedAt"] is not None


async def test_what_was_given_up_is_posted_again_and_what_arrived_is_not(
    owner: Api, endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, cluster: UUID
) -> None:
    events = await country.happen(cluster, count=4)

    async def gone(post: Received, tries: int) -> Response:
        return Response(status_code=410 if post.event == str(events[1]) and tries == 1 else 204)

    receiver.behave = gone
    await pipeline.run()
    asked = {"webhookEndpointId": endpoint, "since": "2020-01-01T00:00:00Z", "onlyGivenUp": True}
    await owner.accepted("replayDeliveries", asked)
    assert await Replays(country.pool).carry_out() == 1
    await pipeline.send()
    assert [post.event for post in receiver.posts[4:]] == [str(events[1])]
    assert receiver.posts[4].id == receiver.posts[1].id
    assert receiver.posts[4].answered == 204


async def test_deliveries_are_replayed_by_name_within_their_endpoint(
    owner: Api, endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, cluster: UUID
) -> None:
    await country.happen(cluster, count=3)
    await pipeline.run()
    ids = [f"NotificationDelivery_{post.id}" for post in receiver.posts]
    await owner.accepted("replayDeliveries", {"webhookEndpointId": endpoint, "ids": ids[:2]})
    assert await Replays(country.pool).carry_out() == 2
    await pipeline.send()
    assert [f"NotificationDelivery_{post.id}" for post in receiver.posts[3:]] == ids[:2]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({}, ("INVALID", ["since"])),
        ({"since": "2026-01-01T00:00:00Z", "ids": ["<own>"]}, ("INVALID", ["since"])),
        ({"since": "2149-01-01T00:00:00Z"}, ("INVALID", ["since"])),
        ({"since": "2026-02-01T00:00:00", "until": "2026-01-01T00:00:00Z"}, ("INVALID", ["since"])),
        ({"since": "2026-01-01T00:00:00Z", "eventTypes": ["x"]}, ("INVALID", ["eventTypes", "0"])),
        ({"ids": ["NotificationDelivery_01900000-0000-7000-8000-000000000000"]}, ("NOT_FOUND", ["ids"])),
        ({"ids": ["nonsense"]}, ("NOT_FOUND", ["ids"])),
    ],
)
async def test_a_replay_of_nothing_in_particular_is_refused(
    owner: Api, endpoint: str, given: dict[str, Any], problem: tuple[str, list[str]]
) -> None:
    if given.get("ids") == ["<own>"]:
        made = await owner.accepted("pingWebhookEndpoint", {"id": endpoint})
        given = {**given, "ids": [made["id"]]}
    assert await owner.refused("replayDeliveries", {"webhookEndpointId": endpoint, **given}) == [problem]
