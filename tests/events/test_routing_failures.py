"""An event nobody can be told of holds nobody up: it is tried again, set aside, seen, and told when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema.vocabulary import UserRole
from services.notifications.fan_out import TRIES, FanOut
from services.notifications.measures import Measures

if TYPE_CHECKING:
    from uuid import UUID

    from tests.events.conftest import Country, Receiver
    from tests.world import Api


async def poison(country: Country, cluster: UUID) -> UUID:
    """Let something happen whose details nobody can read."""
    (event,) = await country.happen(cluster)
    await country.pool.execute("update event set payload = '[]' where id = $1", event)
    return event


async def told(country: Country) -> list[UUID]:
    rows = await country.pool.fetch(
        "select d.event_id from notification_delivery d where d.endpoint_id is not null order by d.id"
    )
    return [row["event_id"] for row in rows]


async def try_again(country: Country) -> None:
    await country.pool.execute("update unrouted_event set retry_at = now() where retry_at is not null")


async def test_a_poisonous_event_lets_others_pass_but_what_follows_it_in_its_cluster(
    country: Country, receiver: Receiver
) -> None:
    province = await country.province(1)
    await country.administrator(province)
    await country.endpoint(await country.agency(province), receiver.url)
    here, there = await country.cluster(province), await country.cluster(province)
    first = await country.happen(here)
    bad = await poison(country, here)
    others, later = await country.happen(there, count=2), await country.happen(here)
    fan_out = FanOut(country.pool, patience=3600)
    routed = await fan_out.route()
    assert (routed.events, routed.failed, routed.set_aside) == (3, 1, 0)
    assert await told(country) == [*first, *others]
    assert (await fan_out.route()).events == 0, "what follows waits until the first is told or set aside"

    for number in range(2, TRIES + 1):
        await try_again(country)
        routed = await fan_out.route()
        assert routed.failed == 1
        assert routed.set_aside == (number == TRIES)
    assert routed.events == 1
    assert await told(country) == [*first, *others, *later]
    assert await country.pool.fetchval("select count(*) from unrouted_event") == 0
    assert await country.pool.fetchval("select event_id from set_aside_event") == bad


async def test_the_waits_between_tries_double(country: Country) -> None:
    province = await country.province(1)
    await country.administrator(province)
    await poison(country, await country.cluster(province))
    fan_out, waits = FanOut(country.pool, patience=100), []
    for _ in range(TRIES - 1):
        await try_again(country)
        await fan_out.route()
        waits.append(
            await country.pool.fetchval(
                "select round(extract(epoch from retry_at - now()) / 100)::int from unrouted_event"
            )
        )
    assert waits == [1, 2, 4, 8]


async def test_administrators_see_what_was_set_aside_and_have_it_told_after_mending_it(
    api: Api, country: Country
) -> None:
    province = await country.province(1)
    reader = await country.administrator(province)
    bad = await poison(country, await country.cluster(province))
    fan_out = FanOut(country.pool, patience=0)
    for _ in range(TRIES):
        await try_again(country)
        await fan_out.route()
    shown = await api.data("{ setAsideEvents { nodes { id problem event { id type } } } }")
    (aside,) = shown["setAsideEvents"]["nodes"]
    assert aside["event"] == {"id": f"Event_{bad}", "type": "phase.completed"}
    assert "AttributeError" in aside["problem"]
    local = api.as_(UserRole.PROVINCE_ADMINISTRATOR, user_id=reader, provinces=(province,))
    assert (await local.data("{ setAsideEvents { totalCount } }"))["setAsideEvents"]["totalCount"] == 0
    assert await local.refused("tellOfEventAgain", {"id": aside["id"]}) == [("NOT_ALLOWED", [])]
    measures = Measures()
    await measures.look(country.pool)
    assert measures.registry.get_sample_value("khoosheh_notifications_queue", {"kind": "set_aside"}) == 1

    await country.pool.execute("update event set payload = '{}'")
    await api.accepted("tellOfEventAgain", {"id": aside["id"]}, "askedAt")
    assert await fan_out.put_back()
    assert not await fan_out.put_back()
    assert (await fan_out.route()).inbox == 1
    assert (await api.data("{ setAsideEvents { totalCount } }"))["setAsideEvents"]["totalCount"] == 0


async def test_events_of_a_later_release_are_told_and_reported(country: Country, receiver: Receiver) -> None:
    province = await country.province(1)
    reader = await country.administrator(province)
    await country.endpoint(await country.agency(province), receiver.url)
    cluster = await country.cluster(province)
    await country.happen(cluster, "phase.celebrated")
    (newer,) = await country.happen(cluster)
    await country.pool.execute("update event set version = 2 where id = $1", newer)
    routed = await FanOut(country.pool).route()
    assert (routed.events, routed.unknown, routed.inbox, routed.webhooks) == (2, 2, 2, 2)
    titles = await country.pool.fetch("select title from inbox_entry where user_id = $1 order by id", reader)
    assert [row["title"] for row in titles] == ["phase.celebrated", "Phase completed"]
