"""What an agency and a reader do about notifications, asked through the engine."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest
from standardwebhooks.webhooks import Webhook

from schema.access import scope_of
from schema.vocabulary import AttemptStatus, Channel, TokenScope, UserRole
from services.notifications.channels.delivery import Outcome
from services.notifications.channels.envelope import envelope
from services.notifications.deliveries import Deliveries
from services.notifications.fan_out import FanOut
from services.sealing import SealBroken, Sealer
from services.settings import read_settings
from tests.world import identity

if TYPE_CHECKING:
    from uuid import UUID

    from services.settings import Settings
    from tests.events.conftest import Country
    from tests.world import Api

WEBHOOKS = {Channel.WEBHOOK: 8}
HOOK = {"name": "ours", "url": "https://partner.example/hook"}


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    assert settings.encryption_keys is not None
    monkeypatch.setenv("ENCRYPTION_KEYS", settings.encryption_keys.get_secret_value())


@pytest.fixture
async def province(country: Country) -> UUID:
    return await country.province(1)


@pytest.fixture
async def agency(country: Country, province: UUID) -> UUID:
    return await country.agency(province)


@pytest.fixture
def partner(api: Api, agency: UUID, province: UUID) -> Api:
    return api.as_(
        UserRole.PARTNER_AGENCY,
        agency_id=agency,
        provinces=(province,),
        scopes=frozenset({TokenScope.READ, TokenScope.WEBHOOKS}),
    )


async def test_an_endpoint_shows_its_secret_once_and_keeps_it_sealed(partner: Api, country: Country) -> None:
    made = await partner.accepted("createWebhookEndpoint", HOOK, "id secret url pausedAt eventTypes")
    assert made["secret"].startswith("whsec_")
    assert Webhook(made["secret"]).sign("id", datetime.datetime.now(datetime.UTC), "{}")
    again = await partner.data(
        "query ($id: ID!) { webhookEndpoint(id: $id) { secret url } }", {"id": made["id"]}
    )
    assert again["webhookEndpoint"] == {"secret": None, "url": HOOK["url"]}
    sealed = await country.pool.fetchval("select sealed_secret from webhook_endpoint")
    assert made["secret"] not in sealed
    assert Sealer(country.settings).open(sealed) == made["secret"]
    trail = await country.pool.fetchval(
        "select after::text from audit_entry where entity = 'WebhookEndpoint'"
    )
    assert sealed not in trail


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"url": "http://partner.example/"}, ("INVALID", ["url"])),
        ({"url": "https://169.254.169.254/"}, ("INVALID", ["url"])),
        ({"url": "https://localhost/"}, ("INVALID", ["url"])),
        ({"name": ""}, ("REQUIRED", ["name"])),
        ({"eventTypes": ["phase.completed", "phase.celebrated"]}, ("INVALID", ["eventTypes", "1"])),
    ],
)
async def test_an_endpoint_that_cannot_be_used_is_refused_by_field(
    partner: Api, given: dict[str, Any], problem: tuple[str, list[str]]
) -> None:
    assert await partner.refused("createWebhookEndpoint", {**HOOK, **given}) == [problem]


async def test_an_administrator_names_the_agency_and_nobody_exceeds_its_number(
    api: Api, agency: UUID
) -> None:
    assert await api.refused("createWebhookEndpoint", HOOK) == [("REQUIRED", ["partnerAgencyId"])]
    given = {**HOOK, "partnerAgencyId": f"PartnerAgency_{agency}"}
    for _ in range(20):
        await api.accepted("createWebhookEndpoint", given)
    assert await api.refused("createWebhookEndpoint", given) == [("TOO_MANY", ["partnerAgencyId"])]


async def test_agencies_see_and_touch_only_endpoints_of_their_own(partner: Api, country: Country) -> None:
    made = await partner.accepted("createWebhookEndpoint", HOOK)
    other = partner.as_(UserRole.PARTNER_AGENCY, agency_id=await country.agency())
    assert await other.refused("pauseWebhookEndpoint", made) == [("NOT_FOUND", ["id"])]
    found = await other.data("{ webhookEndpoints { totalCount } notificationDeliveries { totalCount } }")
    assert found == {"webhookEndpoints": {"totalCount": 0}, "notificationDeliveries": {"totalCount": 0}}
    viewer = partner.as_(UserRole.NATIONAL_VIEWER)
    assert await viewer.refused("createWebhookEndpoint", HOOK) == [("NOT_ALLOWED", [])]


async def test_a_paused_endpoint_gets_nothing_until_it_is_resumed(
    partner: Api, country: Country, province: UUID
) -> None:
    cluster = await country.cluster(province)
    made = await partner.accepted("createWebhookEndpoint", HOOK)
    await partner.accepted("pauseWebhookEndpoint", made, "pausedAt")
    assert await partner.refused("pauseWebhookEndpoint", made) == [("ALREADY_DONE", ["id"])]
    await country.happen(cluster)
    assert (await FanOut(country.pool).route()).webhooks == 1
    deliveries = Deliveries(country.pool, country.settings, WEBHOOKS)
    assert await deliveries.take(10) == []
    await partner.accepted("resumeWebhookEndpoint", made)
    assert await partner.refused("resumeWebhookEndpoint", made) == [("INVALID", ["id"])]
    ((taken,),) = await deliveries.take(10)
    assert taken.in_reach
    assert taken.event
    assert b"+98" not in envelope(taken.event)


async def test_a_finished_delivery_is_replayed_under_its_id_with_all_its_attempts(
    partner: Api, country: Country, province: UUID
) -> None:
    cluster = await country.cluster(province)
    await partner.accepted("createWebhookEndpoint", HOOK)
    await country.happen(cluster)
    await FanOut(country.pool).route()
    deliveries = Deliveries(country.pool, country.settings, WEBHOOKS)
    shown = await partner.data("{ notificationDeliveries { nodes { id status } } }")
    (delivery,) = shown["notificationDeliveries"]["nodes"]
    assert delivery["status"] == "PENDING"
    assert await partner.refused("replayDelivery", {"id": delivery["id"]}) == [("INVALID", ["id"])]

    now = datetime.datetime.now(datetime.UTC)
    for status in ("SENT", "REPLAYED"):
        ((taken,),) = await deliveries.take(10)
        assert taken.id == identity(delivery["id"])
        assert await deliveries.take(10) == [], "a delivery under lease was given out twice"
        finished = deliveries.judge(taken, Outcome(AttemptStatus.SUCCEEDED, now, 12, 204))
        assert finished.status == status
        await deliveries.finish([finished])
        await partner.accepted("replayDelivery", {"id": delivery["id"]})
    shown = await partner.data(
        "{ notificationDeliveries { nodes { status attemptsMade event { type }"
        " attempts { at status responseCode durationMs problem } } } }"
    )
    (found,) = shown["notificationDeliveries"]["nodes"]
    assert found["status"] == "RETRYING"
    assert found["event"] == {"type": "phase.completed"}
    assert [(a["status"], a["responseCode"], a["durationMs"]) for a in found["attempts"]] == [
        ("SUCCEEDED", 204, 12)
    ] * 2


async def test_a_reader_acknowledges_the_own_messages_and_sees_nobody_elses(
    api: Api, country: Country, province: UUID
) -> None:
    reader = await country.administrator(province)
    await country.happen(await country.cluster(province))
    await FanOut(country.pool).route()
    mine = api.as_(UserRole.PROVINCE_ADMINISTRATOR, user_id=reader, provinces=(province,))
    inbox = "{ inboxEntries { nodes { id title body acknowledgedAt event { type } } } }"
    (entry,) = (await mine.data(inbox))["inboxEntries"]["nodes"]
    assert entry["title"] == "Phase completed"
    assert entry["body"] == "The phase Diagnostic study of the cluster cluster-1 was completed."
    assert entry["acknowledgedAt"] is None
    for other in (
        api,
        api.as_(UserRole.PROVINCE_ADMINISTRATOR, user_id=await country.administrator(province)),
    ):
        assert (await other.data(inbox))["inboxEntries"]["nodes"] == []
        assert await other.refused("acknowledgeNotification", {"id": entry["id"]}) == [("NOT_FOUND", ["id"])]
    done = await mine.accepted("acknowledgeNotification", {"id": entry["id"]}, "acknowledgedAt readAt")
    assert done["acknowledgedAt"] == done["readAt"] is not None
    assert (
        await mine.accepted("acknowledgeNotification", {"id": entry["id"]}, "acknowledgedAt readAt") == done
    )


async def test_what_left_the_reach_of_an_agency_before_sending_is_not_posted(
    partner: Api, country: Country, province: UUID, agency: UUID
) -> None:
    await partner.accepted("createWebhookEndpoint", HOOK)
    await country.happen(await country.cluster(province))
    await FanOut(country.pool).route()
    await country.pool.execute("update agency_province set deleted_at = now() where agency_id = $1", agency)
    ((taken,),) = await Deliveries(country.pool, country.settings, WEBHOOKS).take(10)
    assert not taken.in_reach


async def test_routing_again_makes_nothing_twice(partner: Api, country: Country, province: UUID) -> None:
    await partner.accepted("createWebhookEndpoint", HOOK)
    await country.administrator(province)
    (event,) = await country.happen(await country.cluster(province))
    assert (await FanOut(country.pool).route()).events == 1
    await country.pool.execute(
        "insert into unrouted_event (event_id, sequence, failures) select id, sequence, 0 from event where id = $1",
        event,
    )
    again = await FanOut(country.pool).route()
    assert (again.events, again.inbox, again.webhooks) == (1, 0, 0)
    assert await country.pool.fetchval("select count(*) from notification_delivery") == 2


def test_keys_are_rotated_without_losing_what_older_ones_sealed() -> None:
    old, new = "o" * 32, "n" * 32
    sealed = Sealer(read_settings(encryption_keys=old)).seal("secret")
    assert Sealer(read_settings(encryption_keys=f"{new},{old}")).open(sealed) == "secret"
    with pytest.raises(SealBroken):
        Sealer(read_settings(encryption_keys=new)).open(sealed)


def test_who_manages_webhooks_needs_no_right_to_write() -> None:
    for name in ("createWebhookEndpoint", "pauseWebhookEndpoint", "resumeWebhookEndpoint", "replayDelivery"):
        assert scope_of(name) is TokenScope.WEBHOOKS
