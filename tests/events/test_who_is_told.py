"""Who is told of what: by default, by subscription, in scope at the time of sending; one cause is one message."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from schema.calendar import TEHRAN
from schema.events import EventType
from schema.vocabulary import Channel, UserRole
from services.notifications.fan_out import FanOut

if TYPE_CHECKING:
    from uuid import UUID

    from tests.events.conftest import Country
    from tests.world import Api

NOON = datetime.datetime(2026, 11, 23, 12, tzinfo=TEHRAN)


async def route(country: Country, now: datetime.datetime = NOON) -> None:
    await FanOut(country.pool, lambda: now, ways=(Channel.EMAIL,)).route()


async def inbox(country: Country, user: UUID) -> list[str]:
    rows = await country.pool.fetch(
        "select body from inbox_entry where user_id = $1 order by created_at, id", user
    )
    return [row["body"] for row in rows]


async def follow(country: Country, user: UUID, kind: str = "FOLLOW", **wanted: Any) -> UUID:
    lists = {
        name: orjson.dumps(wanted.pop(name, [])).decode()
        for name in ("event_types", "provinces", "clusters", "phases")
    }
    return await country.row(
        "notification_subscription", user_id=user, kind=kind, name="wish", **lists, **wanted
    )


async def test_agent_and_province_are_told_by_default_and_others_nothing(country: Country) -> None:
    province = await country.province(1)
    cluster = await country.cluster(province)
    project = await country.project(cluster)
    administrator, agent = (
        await country.administrator(province),
        await country.user(UserRole.DEVELOPMENT_AGENT),
    )
    await country.record(
        "agent_assignment", cluster_id=cluster, project_id=project, role="CLUSTER_DEVELOPMENT_AGENT",
        title_fa="عامل", title_en="Agent", user_id=agent, valid_from=datetime.date(2026, 1, 1),
    )  # fmt: skip
    foreign = await country.administrator(await country.province(2))
    others = [
        await country.user(role) for role in (UserRole.NATIONAL_VIEWER, UserRole.NATIONAL_ADMINISTRATOR)
    ]
    await country.happen(cluster)
    await country.happen(cluster, "overdue.escalated")
    await route(country)
    assert [len(await inbox(country, user)) for user in (administrator, agent, foreign, *others)] == [
        2,
        2,
        0,
        0,
        1,
    ]


async def test_whoever_follows_is_told_within_reach_and_as_far_as_the_conditions_say(
    country: Country,
) -> None:
    near, far = await country.province(1), await country.province(2)
    clusters = [await country.cluster(province) for province in (near, far)]
    everywhere, here = (
        await country.user(UserRole.NATIONAL_VIEWER),
        await country.user(UserRole.PROVINCE_VIEWER),
    )
    await country.record("user_province", user_id=here, province_id=near)
    await follow(country, everywhere, event_types=["phase.window_opening"], most_days_left=7)
    await follow(country, here)
    for cluster in clusters:
        await country.happen(cluster, "phase.window_opening", daysLeft=30)
        await country.happen(cluster, "phase.window_opening", daysLeft=7)
        await country.happen(cluster, "phase.completed")
    await route(country)
    assert len(await inbox(country, everywhere)) == 2
    assert len(await inbox(country, here)) == 3
    await country.pool.execute("update user_province set deleted_at = now() where user_id = $1", here)
    await country.happen(clusters[0])
    await route(country)
    assert len(await inbox(country, here)) == 3, "the reach counts, not the subscription"


async def test_whoever_mutes_is_spared_except_for_what_nobody_answered(country: Country) -> None:
    province = await country.province(1)
    cluster, loud = await country.cluster(province), await country.cluster(province)
    reader = await country.administrator(province)
    muted = await follow(country, reader, "MUTE", clusters=[str(cluster)])
    await country.happen(cluster)
    await country.happen(cluster, "overdue.escalated")
    await country.happen(loud)
    await route(country)
    assert len(await inbox(country, reader)) == 2
    await country.pool.execute("update notification_subscription set ended_at = now() where id = $1", muted)
    await country.happen(cluster)
    await route(country)
    assert len(await inbox(country, reader)) == 3


async def test_what_one_command_caused_is_one_message(country: Country) -> None:
    province = await country.province(1)
    cluster = await country.cluster(province)
    reader, persian = await country.administrator(province), await country.administrator(province, "FA")
    await country.happen(cluster, "sub_project.approved", 120, cause="approval")
    await country.happen(cluster, "action_plan.superseded", cause="approval")
    await country.happen(cluster, "action_plan.approved", cause="approval")
    await country.happen(cluster, "phase.started", cause="another command")
    for _ in range(2):
        await route(country)
    first, second = await inbox(country, reader)
    assert first.splitlines() == [
        "The action plan of the cluster cluster-1 was approved by the council.",
        "• A sub-project of the cluster cluster-1 was approved. (×120)",
        "• The action plan of the cluster cluster-1 was superseded by a new version.",
    ]
    assert second == "The phase Diagnostic study of the cluster cluster-1 was started."
    assert "(×۱۲۰)" in (await inbox(country, persian))[0]
    assert await country.pool.fetchval("select count(*) from unrouted_event") == 0
    mails = await country.pool.fetchval("select count(*) from notification_delivery where channel = 'EMAIL'")
    assert mails == 4


@pytest.mark.parametrize(
    ("wanted", "due"),
    [
        ("mail = 'IMMEDIATE'", None),
        ("mail = 'OFF'", "none"),
        ("mail = 'DAILY'", datetime.datetime(2026, 11, 24, 8, tzinfo=TEHRAN)),
        ("mail = 'WEEKLY'", datetime.datetime(2026, 11, 28, 8, tzinfo=TEHRAN)),
        ("quiet_from = 11, quiet_until = 15", datetime.datetime(2026, 11, 23, 15, tzinfo=TEHRAN)),
    ],
)
async def test_mail_waits_for_the_moment_its_reader_chose(country: Country, wanted: str, due: Any) -> None:
    province = await country.province(1)
    reader = await country.administrator(province)
    clusters = [await country.cluster(province) for _ in range(2)]
    await country.pool.execute(f"update notification_preference set {wanted} where id = $1", reader)  # noqa: S608 - ours
    for cluster in clusters:
        await country.happen(cluster)
    await route(country)
    rows = await country.pool.fetch(
        "select lane, next_attempt_at from notification_delivery where channel = 'EMAIL'"
    )
    if due == "none":
        assert rows == []
        return
    assert len(rows) == 2
    lanes = {row["lane"] for row in rows}
    assert lanes == set(clusters) if due is None else len(lanes) == 1
    if due is not None:
        assert {row["next_attempt_at"] for row in rows} == {due}


async def test_the_preview_of_a_real_event_is_what_people_are_told(api: Api, country: Country) -> None:
    province = await country.province(1)
    readers = {language: await country.administrator(province, language) for language in ("FA", "EN")}
    cluster = await country.cluster(province)
    payload: dict[str, Any] = {"due": {"date": "2026-12-21", "jalali": "۳۰ آذر ۱۴۰۵"}, "daysLeft": 7}
    events = [
        (await country.happen(cluster, kind, **payload))[0] for kind in (*EventType, "phase.celebrated")
    ]
    events += await country.happen(cluster, "phase.overdue")
    await route(country)
    asked = "query ($id: ID!) { event(id: $id) { messageFa messageEn } }"
    for event in events:
        shown = (await api.data(asked, {"id": f"Event_{event}"}))["event"]
        for language, reader in readers.items():
            told = await country.pool.fetchval(
                "select body from inbox_entry where event_id = $1 and user_id = $2", event, reader
            )
            assert shown[f"message{language.capitalize()}"] == told
    far = api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(await country.province(2),))
    assert (await far.data(asked, {"id": f"Event_{events[0]}"}))["event"] is None
