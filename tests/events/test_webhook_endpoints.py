"""What the owner of an endpoint relies on: it is tested, edited, rested, paused, told of, and loses nothing."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr
from starlette.responses import Response

from schema.vocabulary import TokenScope, UserRole
from services.notifications.channels.registry import open_ways
from services.notifications.deliveries import Deliveries
from services.notifications.measures import Measures
from services.notifications.replays import Replays
from services.notifications.sender import Sender
from services.notifications.standing import TRIAL_AFTER, Standing
from services.sealing import Sealer

if TYPE_CHECKING:
    from uuid import UUID

    from tests.events.conftest import Country, Pipeline, Received, Receiver
    from tests.post_office import PostOffice
    from tests.world import Api

HEALTH = (
    "query ($id: ID!) { webhookEndpoint(id: $id) { health failures failingSince restingUntil lastProblem pausedAt"
    " pausedBecause lastSucceededAt waiting attemptsToday failuresToday } }"
)
REMARK = (
    "query ($id: ID!) { webhookEndpoint(id: $id) { health failures lastProblem"
    " notificationDeliveries(first: 1) { nodes { attempts { status problem } } } } }"
)


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch, country: Country) -> None:
    keys = country.settings.encryption_keys
    assert keys is not None
    monkeypatch.setenv("ENCRYPTION_KEYS", keys.get_secret_value())
    monkeypatch.setenv("WEBHOOK_INSIDE_ALLOWED", "true")


@pytest.fixture
async def province(country: Country) -> UUID:
    return await country.province(1)


@pytest.fixture
async def cluster(country: Country, province: UUID) -> UUID:
    return await country.cluster(province)


@pytest.fixture
async def agency(country: Country, province: UUID) -> UUID:
    return await country.agency(province)


@pytest.fixture
async def endpoint(country: Country, agency: UUID, receiver: Receiver) -> str:
    return f"WebhookEndpoint_{await country.endpoint(agency, receiver.url)}"


@pytest.fixture
def owner(api: Api, agency: UUID, province: UUID) -> Api:
    return api.as_(
        UserRole.PARTNER_AGENCY,
        agency_id=agency,
        provinces=(province,),
        scopes=frozenset({TokenScope.READ, TokenScope.WEBHOOKS}),
    )


async def health(owner: Api, endpoint: str) -> dict[str, Any]:
    found: dict[str, Any] = (await owner.data(HEALTH, {"id": endpoint}))["webhookEndpoint"]
    return found


async def fail(_post: Received, _tries: int) -> Response:
    return Response(status_code=500)


async def due_now(country: Country) -> None:
    """Let the time pass until everything that waits may be tried."""
    await country.pool.execute("update webhook_endpoint set resting_until = null")
    await country.pool.execute(
        "update notification_delivery set next_attempt_at = now() where next_attempt_at is not null"
    )


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


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("FA", ("متوقف شد", "۴۰", "نهاد همکار")),
        (None, ("متوقف شد",)),
        ("EN", ("is paused", "40 failed", "The agency")),
    ],
)
async def test_an_agency_with_a_single_endpoint_is_written_to_in_its_language_when_it_is_paused(
    country: Country, post_office: PostOffice, receiver: Receiver, language: str | None, said: tuple[str, ...]
) -> None:
    agency = await country.agency()
    await country.pool.execute(
        "update partner_agency set name_fa = 'نهاد همکار', name_en = 'The agency', contact_language = $2,"
        " contact_email = 'desk@agency.example' where id = $1",
        agency, language,
    )  # fmt: skip
    endpoint = await pause(country, agency, receiver)
    await post_letters(country, post_office)
    await post_letters(country, post_office)
    (letter,) = post_office.letters
    assert "desk@agency.example" in letter["To"]
    assert letter["Content-Language"] == (language or "FA").lower()
    text = str(letter.get_body(("plain",)).get_content())  # type: ignore[union-attr]  # it has one
    for word in said:
        assert word in f"{letter['Subject']} {text}"
    assert f"WebhookEndpoint_{endpoint}" in text, "what to set going again"
    assert "the endpoint answered 500" in text


async def pause(country: Country, agency: UUID, receiver: Receiver) -> UUID:
    """Have an endpoint of an agency fail for days; return it, paused."""
    endpoint = await country.endpoint(agency, receiver.url)
    await country.pool.execute(
        "update webhook_endpoint set failures = 40, failing_since = now() - interval '4 days',"
        " last_problem = 'the endpoint answered 500: see its own log'"
    )
    standing = Standing(country.pool, pause_after=3 * 86400, letters=True)
    assert await standing.look() == 1
    assert await standing.look() == 0
    return endpoint


async def post_letters(country: Country, post_office: PostOffice) -> None:
    """Send what is due by e-mail."""
    settings = country.settings.model_copy(
        update={"smtp_url": SecretStr(post_office.url), "mail_from": "mail@khoosheh.example"}
    )
    await country.pool.execute(
        "update notification_delivery set next_attempt_at = now() where next_attempt_at is not null"
    )
    async with open_ways(settings) as ways:
        most = {code: channel.most_at_once for code, channel in ways.items()}
        sender = Sender(Deliveries(country.pool, settings, most), ways, Measures(), concurrency=4, lease=60)
        while await sender.send_due():
            await sender.settle()


async def test_a_letter_to_an_agency_that_is_refused_shows_to_the_agency_and_is_tried_again_as_any_other(
    owner: Api, agency: UUID, country: Country, post_office: PostOffice, receiver: Receiver
) -> None:
    endpoint = await pause(country, agency, receiver)
    await country.pool.execute(
        "update partner_agency set contact_email = 'desk@agency.example' where id = $1", agency
    )
    for answer in ("451 try later", "550 5.1.1 <desk@agency.example>: no such desk"):
        post_office.answers["desk@agency.example"] = answer
        await post_letters(country, post_office)
    shown = await owner.data(
        "query ($id: ID!) { notificationDeliveries(first: 5) { nodes { channel status webhookEndpoint { id }"
        " attempts { status responseCode problem } } }"
        " webhookEndpoint(id: $id) { failures partnerAgency { mailReturnedAt mailProblem } } }",
        {"id": f"WebhookEndpoint_{endpoint}"},
    )
    (delivery,) = shown["notificationDeliveries"]["nodes"]
    assert (delivery["channel"], delivery["status"]) == ("EMAIL", "EXHAUSTED")
    assert delivery["webhookEndpoint"]["id"] == f"WebhookEndpoint_{endpoint}"
    later, refused = delivery["attempts"]
    assert (later["status"], later["responseCode"]) == ("FAILED", 451)
    assert (refused["status"], refused["responseCode"]) == ("REFUSED", 550)
    assert "correct the e-mail address" in refused["problem"]
    assert "desk@" not in refused["problem"], "what the server repeated of a person is not kept"
    seen = shown["webhookEndpoint"]
    assert seen["failures"] == 40, "a mailbox says nothing about the endpoint"
    assert seen["partnerAgency"]["mailReturnedAt"]
    assert seen["partnerAgency"]["mailProblem"] == refused["problem"]
    await country.pool.execute("update partner_agency set contact_email = 'new@agency.example'")
    assert await country.pool.fetchval("select count(mail_problem) from partner_agency") == 0


async def test_an_agency_without_an_address_sees_that_it_could_not_be_written_to(
    owner: Api, agency: UUID, country: Country, post_office: PostOffice, receiver: Receiver
) -> None:
    await pause(country, agency, receiver)
    await post_letters(country, post_office)
    shown = await owner.data(
        "{ notificationDeliveries(first: 5) { nodes { status attempts { problem } } } }", {}
    )
    (delivery,) = shown["notificationDeliveries"]["nodes"]
    assert delivery["status"] == "EXHAUSTED"
    assert "there is no e-mail address" in delivery["attempts"][0]["problem"]
    assert not post_office.letters


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
