"""What the owner of an endpoint does with it: tests, edits, narrows and removes it, and changes its secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from schema.vocabulary import UserRole
from services.notifications.standing import Standing
from services.sealing import Sealer
from tests.events.endpoints.standing import HEALTH, due_now, fail, health

if TYPE_CHECKING:
    from uuid import UUID

    from tests.events.conftest import Country, Pipeline, Receiver
    from tests.world import Api


async def test_a_ping_arrives_signed_and_says_so_in_the_log(
    owner: Api, endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country
) -> None:
    made = await owner.accepted("pingWebhookEndpoint", {"id": endpoint}, "id status isTest event { id }")
    assert made["status"] == "PENDING"
    assert made["isTest"] is True
    assert made["event"] is None
    assert await pipeline.send() == 1
    (post,) = receiver.posts
    assert made["id"] == f"NotificationDelivery_{post.id}"
    assert receiver.forged == 0
    found = await owner.data(
        "query ($id: ID!) { notificationDelivery(id: $id) { status attempts { status responseCode } } }",
        {"id": made["id"]},
    )
    assert found["notificationDelivery"] == {
        "status": "SENT",
        "attempts": [{"status": "SUCCEEDED", "responseCode": 204}],
    }
    assert await country.pool.fetchval("select count(*) from event") == 0
    await owner.accepted("pauseWebhookEndpoint", {"id": endpoint})
    assert await owner.refused("pingWebhookEndpoint", {"id": endpoint}) == [("INVALID", ["id"])]


async def test_after_a_rotation_both_secrets_sign_until_the_former_ends(
    owner: Api, endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, cluster: UUID
) -> None:
    rotated = await owner.accepted("rotateWebhookSecret", {"id": endpoint}, "secret formerSecretUntil")
    assert rotated["secret"].startswith("whsec_")
    sealed = await country.pool.fetchval("select sealed_secret from webhook_endpoint")
    assert Sealer(country.settings).open(sealed) == rotated["secret"]
    trail = await country.pool.fetchval(
        "select after::text from audit_entry where action = 'rotateWebhookSecret'"
    )
    assert sealed not in trail
    await country.happen(cluster)
    await pipeline.run()
    assert [post.signatures for post in receiver.posts] == [2]
    assert receiver.forged == 0, "the receiver still knows only the former secret"

    await country.pool.execute("update webhook_endpoint set former_secret_until = now()")
    await Standing(country.pool, pause_after=1).look()
    assert await country.pool.fetchval("select former_sealed_secret from webhook_endpoint") is None
    await country.happen(cluster)
    await pipeline.run()
    assert receiver.forged == 1, "the former secret has ended"


async def test_a_secret_that_became_known_is_replaced_at_once(owner: Api, endpoint: str) -> None:
    given = {"id": endpoint, "overlapHours": 0}
    assert (await owner.accepted("rotateWebhookSecret", given, "formerSecretUntil"))[
        "formerSecretUntil"
    ] is None
    for hours in (-1, 169, 2_000_000_000):
        given = {"id": endpoint, "overlapHours": hours}
        assert await owner.refused("rotateWebhookSecret", given) == [("INVALID", ["overlapHours"])]
    given = {"id": endpoint, "overlapHours": 0, "idempotencyKey": "k"}
    assert (await owner.accepted("rotateWebhookSecret", given, "secret"))["secret"].startswith("whsec_")
    assert await owner.accepted("rotateWebhookSecret", given, "secret") == {"secret": None}


async def test_an_edited_endpoint_gets_what_waits_at_its_new_address(
    owner: Api, endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, cluster: UUID
) -> None:
    receiver.behave = fail
    await country.happen(cluster)
    await pipeline.run()
    assert (await health(owner, endpoint))["health"] == "FAILING"
    receiver.behave = None
    changed = {
        "id": endpoint,
        "name": "new",
        "url": receiver.url.replace("first", "second"),
        "eventTypes": ["phase.completed"],
        "provinceIds": [],
        "clusterIds": [f"Cluster_{cluster}"],
    }
    shown = await owner.accepted("editWebhookEndpoint", changed, "name eventTypes clusterIds failures health")
    assert shown == {
        "name": "new",
        "eventTypes": ["phase.completed"],
        "clusterIds": [f"Cluster_{cluster}"],
        "failures": 0,
        "health": "WORKING",
    }
    await due_now(country)
    await pipeline.run()
    assert len(receiver.accepted()) == 1
    kept = await owner.accepted("editWebhookEndpoint", {"id": endpoint, "name": "newer"}, "name eventTypes")
    assert kept == {"name": "newer", "eventTypes": ["phase.completed"]}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"name": ""}, ("REQUIRED", ["name"])),
        ({"url": "ftp://partner.example/"}, ("INVALID", ["url"])),
        ({"eventTypes": ["phase.celebrated"]}, ("INVALID", ["eventTypes", "0"])),
        ({"clusterIds": ["Cluster_01900000-0000-7000-8000-000000000000"]}, ("NOT_FOUND", ["clusterIds"])),
        ({"expectedRevision": 9}, ("STALE", ["expectedRevision"])),
    ],
)
async def test_an_edit_that_cannot_be_used_is_refused_by_field(
    owner: Api, endpoint: str, given: dict[str, Any], problem: tuple[str, list[str]]
) -> None:
    assert await owner.refused("editWebhookEndpoint", {"id": endpoint, **given}) == [problem]


async def test_a_removed_endpoint_gets_nothing_and_after_its_return_what_waited(
    owner: Api, endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, cluster: UUID
) -> None:
    await country.happen(cluster)
    await pipeline.fan_out.route()
    await owner.accepted("removeWebhookEndpoint", {"id": endpoint})
    assert (await owner.data(HEALTH, {"id": endpoint}))["webhookEndpoint"] is None
    await country.happen(cluster)
    assert await pipeline.run() == 0
    assert await owner.refused("pingWebhookEndpoint", {"id": endpoint}) == [("NOT_FOUND", ["id"])]
    await owner.accepted("restoreWebhookEndpoint", {"id": endpoint})
    await pipeline.run()
    assert len(receiver.posts) == 1, "what happened in between was not for it"


async def test_nobody_else_touches_an_endpoint(owner: Api, endpoint: str, country: Country) -> None:
    other = owner.as_(UserRole.PARTNER_AGENCY, agency_id=await country.agency())
    for name in ("edit", "pause", "resume", "remove", "restore", "ping"):
        assert await other.refused(f"{name}WebhookEndpoint", {"id": endpoint}) == [("NOT_FOUND", ["id"])]
    assert await other.refused("rotateWebhookSecret", {"id": endpoint}) == [("NOT_FOUND", ["id"])]
    given = {"webhookEndpointId": endpoint, "since": "2026-01-01T00:00:00Z"}
    assert await other.refused("replayDeliveries", given) == [("NOT_FOUND", ["webhookEndpointId"])]
    agent = owner.as_(UserRole.DEVELOPMENT_AGENT)
    assert await agent.refused("pingWebhookEndpoint", {"id": endpoint}) == [("NOT_ALLOWED", [])]


async def test_an_agency_narrows_an_endpoint_by_phases_and_conditions(
    owner: Api, endpoint: str, receiver: Receiver, pipeline: Pipeline, country: Country, cluster: UUID
) -> None:
    fields = "phases mostDaysLeft leastPercent"
    wish = {"phases": ["DIAGNOSTIC_STUDY"], "mostDaysLeft": 14, "leastPercent": 80}
    assert await owner.accepted("editWebhookEndpoint", {"id": endpoint, **wish}, fields) == wish
    await country.happen(cluster, "phase.window_opening", daysLeft=30)
    wanted = await country.happen(cluster, "phase.window_opening", daysLeft=14)
    await country.happen(cluster, "sub_project.budget_threshold", percent=50)
    wanted += await country.happen(cluster, "sub_project.budget_threshold", percent=80)
    (elsewhere,) = await country.happen(cluster)
    await country.pool.execute("update event set phase_code = 'IMPLEMENTATION' where id = $1", elsewhere)
    await pipeline.run()
    assert [post.event for post in receiver.posts] == [str(event) for event in wanted]
    refused = await owner.refused(
        "editWebhookEndpoint", {"id": endpoint, "mostDaysLeft": 400, "leastPercent": -1}
    )
    assert refused == [("OUT_OF_RANGE", ["mostDaysLeft"]), ("OUT_OF_RANGE", ["leastPercent"])]
    nothing: dict[str, Any] = {"phases": [], "mostDaysLeft": None, "leastPercent": None}
    assert await owner.accepted("editWebhookEndpoint", {"id": endpoint, **nothing}, fields) == nothing
