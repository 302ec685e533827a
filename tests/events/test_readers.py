"""What readers decide through the API: how they are written to, what they follow or mute, their calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from schema.vocabulary import UserRole
from services.sealing import Sealer
from tests.world import CLUSTER, PROVINCE, number

if TYPE_CHECKING:
    from uuid import UUID

    from tests.events.conftest import Country
    from tests.world import Api

MINE = """{ notificationPreferences { nodes {
  id mail sms messenger digestHour digestWeekday quietFrom quietUntil workingDaysOnly hasPhoneNumber
  hasMessengerAddress hasCalendar calendarAddress } } }"""


@pytest.fixture
async def reader(api: Api, country: Country, monkeypatch: pytest.MonkeyPatch) -> Api:
    assert country.settings.encryption_keys is not None
    monkeypatch.setenv("ENCRYPTION_KEYS", country.settings.encryption_keys.get_secret_value())
    province = await country.province(1)
    user = await country.administrator(province)
    return api.as_(UserRole.PROVINCE_ADMINISTRATOR, user_id=user, provinces=(province,))


async def test_everybody_is_a_reader_from_the_first_day(reader: Api) -> None:
    (mine,) = (await reader.data(MINE))["notificationPreferences"]["nodes"]
    assert mine == {
        "id": f"NotificationPreference_{reader.viewer.user_id}", "mail": "IMMEDIATE", "sms": "OFF",
        "messenger": "OFF", "digestHour": 8, "digestWeekday": "SATURDAY", "quietFrom": None, "quietUntil": None,
        "workingDaysOnly": True, "hasPhoneNumber": False, "hasMessengerAddress": False, "hasCalendar": False,
        "calendarAddress": None,
    }  # fmt: skip


async def test_a_reader_chooses_ways_and_hours_and_what_is_not_named_stays(reader: Api) -> None:
    given = {
        "mail": "WEEKLY",
        "digestHour": 17,
        "digestWeekday": "TUESDAY",
        "quietFrom": 22,
        "quietUntil": 7,
    }
    shown = "mail digestHour digestWeekday quietFrom quietUntil workingDaysOnly"
    changed = await reader.accepted("editNotificationPreferences", given, shown)
    assert changed == {**given, "workingDaysOnly": True}
    changed = await reader.accepted(
        "editNotificationPreferences", {"quietFrom": None, "quietUntil": None, "mail": None}, shown
    )
    assert changed == {**given, "quietFrom": None, "quietUntil": None, "workingDaysOnly": True}


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"digestHour": 24}, [("OUT_OF_RANGE", ["digestHour"])]),
        ({"quietFrom": 22}, [("REQUIRED", ["quietUntil"])]),
        ({"quietUntil": -1, "quietFrom": 3}, [("OUT_OF_RANGE", ["quietUntil"])]),
        ({"quietFrom": 22, "quietUntil": 22}, [("INVALID", ["quietUntil"])]),
        ({"sms": "DAILY"}, [("REQUIRED", ["phoneNumber"])]),
        ({"messenger": "IMMEDIATE"}, [("REQUIRED", ["messengerAddress"])]),
        ({"phoneNumber": "call me"}, [("INVALID", ["phoneNumber"])]),
        ({"messengerAddress": "jsons://169.254.169.254/"}, [("INVALID", ["messengerAddress"])]),
        ({"messengerAddress": "json://partner.example/"}, [("INVALID", ["messengerAddress"])]),
        ({"messengerAddress": "file:///etc/passwd"}, [("INVALID", ["messengerAddress"])]),
        ({"messengerAddress": "mailto://user:pass@example.com"}, [("INVALID", ["messengerAddress"])]),
    ],
)
async def test_what_cannot_be_used_is_refused_by_field(
    reader: Api, given: dict[str, Any], problems: list[tuple[str, list[str]]]
) -> None:
    assert await reader.refused("editNotificationPreferences", given) == problems


async def test_a_number_is_read_in_any_digits_sealed_and_never_shown(reader: Api, country: Country) -> None:
    given = {"phoneNumber": "۰۹۱۲ ۱۲۳ ۴۵۶۷", "sms": "DAILY", "messengerAddress": "tgram://123:abc/42"}
    shown = "sms hasPhoneNumber hasMessengerAddress"
    changed = await reader.accepted("editNotificationPreferences", given, shown)
    assert changed == {"sms": "DAILY", "hasPhoneNumber": True, "hasMessengerAddress": True}
    row = await country.pool.fetchrow(
        "select phone_secret, messenger_secret from notification_preference where id = $1",
        reader.viewer.user_id,
    )
    sealer = Sealer(country.settings)
    assert sealer.open(row["phone_secret"]) == "+989121234567"
    assert sealer.open(row["messenger_secret"]) == "tgram://123:abc/42"
    trail = await country.pool.fetchval("select string_agg(after::text, '') from audit_entry")
    assert row["phone_secret"] not in trail
    assert await reader.refused("editNotificationPreferences", {"phoneNumber": None}) == [
        ("REQUIRED", ["phoneNumber"])
    ]
    changed = await reader.accepted("editNotificationPreferences", {"phoneNumber": "", "sms": "OFF"}, shown)
    assert changed["hasPhoneNumber"] is False


async def test_nobody_sees_or_changes_how_somebody_else_is_written_to(
    reader: Api, api: Api, country: Country
) -> None:
    await reader.accepted("subscribeToNotifications", {"name": "mine"})
    subscription = await country.pool.fetchval("select id from notification_subscription")
    for other in (
        api,
        api.as_(UserRole.PROVINCE_ADMINISTRATOR, user_id=await country.user(UserRole.PROVINCE_ADMINISTRATOR)),
    ):
        found = await other.data(
            "{ notificationSubscriptions { totalCount } notificationPreferences { nodes { id } } }"
        )
        assert found["notificationSubscriptions"]["totalCount"] == 0
        ids = {node["id"] for node in found["notificationPreferences"]["nodes"]}
        assert f"NotificationPreference_{reader.viewer.user_id}" not in ids
        given = {"id": f"NotificationSubscription_{subscription}"}
        assert await other.refused("endNotificationSubscription", given) == [("NOT_FOUND", ["id"])]
    assert await api.refused("editNotificationPreferences", {"mail": "OFF"}) == [("NOT_FOUND", ["id"])], (
        "whoever acts without an account of a person has nothing to decide"
    )


async def test_a_calendar_shows_its_address_once_and_is_taken_back(reader: Api, country: Country) -> None:
    made = await reader.accepted("openNotificationCalendar", {}, "hasCalendar calendarAddress")
    assert made["hasCalendar"] is True
    assert made["calendarAddress"].startswith("http://127.0.0.1:8001/calendar/")
    (mine,) = (await reader.data(MINE))["notificationPreferences"]["nodes"]
    assert (mine["hasCalendar"], mine["calendarAddress"]) == (True, None)
    kept = await country.pool.fetchval(
        "select row_to_json(p)::text from notification_preference p where calendar_hash is not null"
    )
    assert made["calendarAddress"].rsplit("/", 1)[1].removesuffix(".ics") not in kept
    assert (await reader.accepted("closeNotificationCalendar", {}, "hasCalendar"))["hasCalendar"] is False
    assert await reader.refused("closeNotificationCalendar", {}) == [("INVALID", ["id"])]
    keyed = {"idempotencyKey": "k"}
    first = await reader.accepted("openNotificationCalendar", keyed, "hasCalendar calendarAddress")
    assert first["calendarAddress"]
    again = await reader.accepted("openNotificationCalendar", keyed, "hasCalendar calendarAddress")
    assert again == {"hasCalendar": True, "calendarAddress": None}


FOLLOWED = {
    "name": "Exits of Lorestan", "kind": "FOLLOW", "eventTypes": ["exit.announced", "exit.completed"],
    "phases": ["AGENT_EXIT"], "mostDaysLeft": 14, "leastPercent": 80,
}  # fmt: skip


@pytest.mark.usefixtures("world")
async def test_a_reader_follows_edits_and_ends(api: Api, country: Country) -> None:
    user = await country.user(UserRole.NATIONAL_VIEWER)
    viewer = api.as_(UserRole.NATIONAL_VIEWER, user_id=user)
    places = {
        "provinceIds": [f"Province_{number(PROVINCE, 1)}"],
        "clusterIds": [f"Cluster_{number(CLUSTER, 4)}"],
    }
    shown = "id name kind eventTypes phases mostDaysLeft leastPercent provinceIds clusterIds endedAt"
    made = await viewer.accepted("subscribeToNotifications", {**FOLLOWED, **places}, shown)
    assert made == {"id": made["id"], **FOLLOWED, **places, "endedAt": None}
    edited = await viewer.accepted(
        "editNotificationSubscription",
        {"id": made["id"], "mostDaysLeft": None, "clusterIds": [], "kind": "MUTE"}, shown,
    )  # fmt: skip
    assert edited == {**made, "mostDaysLeft": None, "clusterIds": [], "kind": "MUTE"}
    ended = await viewer.accepted("endNotificationSubscription", {"id": made["id"]}, "endedAt")
    assert ended["endedAt"]
    assert await viewer.refused("endNotificationSubscription", {"id": made["id"]}) == [
        ("ALREADY_DONE", ["id"])
    ]
    assert await viewer.refused("editNotificationSubscription", {"id": made["id"], "name": "x"}) == [
        ("ALREADY_DONE", ["id"])
    ]


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"name": ""}, [("REQUIRED", ["name"])]),
        ({"eventTypes": ["phase.completed", "phase.celebrated"]}, [("INVALID", ["eventTypes", "1"])]),
        ({"mostDaysLeft": -1}, [("OUT_OF_RANGE", ["mostDaysLeft"])]),
        ({"leastPercent": 101}, [("OUT_OF_RANGE", ["leastPercent"])]),
        ({"clusterIds": ["Cluster_01900000-0000-7000-8000-000000000000"]}, [("NOT_FOUND", ["clusterIds"])]),
        ({"provinceIds": ["Cluster_01900000-0000-7000-8000-000000000000"]}, [("NOT_FOUND", ["provinceIds"])]),
    ],
)
async def test_a_subscription_that_cannot_work_is_refused_by_field(
    reader: Api, given: dict[str, Any], problems: list[tuple[str, list[str]]]
) -> None:
    assert await reader.refused("subscribeToNotifications", {"name": "mine", **given}) == problems


async def test_places_out_of_reach_are_not_followed_and_lists_have_an_end(
    reader: Api, country: Country
) -> None:
    foreign = await country.cluster(await country.province(2))
    given = {"name": "foreign", "clusterIds": [f"Cluster_{foreign}"]}
    assert await reader.refused("subscribeToNotifications", given) == [("NOT_FOUND", ["clusterIds"])]
    for index in range(50):
        await reader.accepted("subscribeToNotifications", {"name": str(index)})
    assert await reader.refused("subscribeToNotifications", {"name": "one more"}) == [("TOO_MANY", [])]


async def test_several_messages_are_acknowledged_together_or_none(reader: Api, country: Country) -> None:
    user: UUID | None = reader.viewer.user_id
    entries = []
    cluster = await country.cluster(reader.viewer.provinces[0])
    for event in await country.happen(cluster, count=2):
        delivery = await country.row(
            "notification_delivery", event_id=event, channel="INBOX", user_id=user, lane=cluster, position=1,
            status="SENT", attempts_made=1,
        )  # fmt: skip
        entry = await country.row(
            "inbox_entry", delivery_id=delivery, event_id=event, user_id=user, title="t", body="b"
        )
        entries.append(f"InboxEntry_{entry}")
    foreign = "InboxEntry_01900000-0000-7000-8000-000000000000"
    assert await reader.refused("acknowledgeNotifications", {"ids": [*entries, foreign]}) == [
        ("NOT_FOUND", ["ids"])
    ]
    assert await reader.refused("acknowledgeNotifications", {"ids": []}) == [("REQUIRED", ["ids"])]
    await reader.accepted("acknowledgeNotifications", {"ids": entries})
    open_ones = await country.pool.fetchval("select count(*) from inbox_entry where acknowledged_at is null")
    assert open_ones == 0
