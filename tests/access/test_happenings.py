"""What happens is told in an order nobody is stepped over in, within scope, and resumed from any cursor."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from schema.identity import new_id
from schema.vocabulary import TokenScope, UserRole
from services.graphql.exchange import GraphQLRequest, GraphQLResponse
from services.graphql.live import NoLongerWelcome
from services.graphql.subscriptions import LiveEngine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import asyncpg

    from schema.viewers import Viewer
    from tests.world import Api

pytestmark = pytest.mark.usefixtures("world")

PROVINCES = ["01900000-0000-7000-8000-000100000001", "01900000-0000-7000-8000-000100000002"]
CLUSTERS = [f"01900000-0000-7000-8000-00020000000{index}" for index in range(1, 5)]
CHANGES = (
    "query ($after: String) { changes(first: 2, after: $after) { nodes { type subject }"
    " pageInfo { endCursor hasNextPage } } }"
)
EVENTS = (
    "subscription ($after: String, $types: [String!]) { events(after: $after, types: $types)"
    " { type subject cluster { slug } } }"
)


async def happen(connection: asyncpg.Connection[Any], cluster: str, type_: str = "cluster.edited") -> None:
    await connection.execute(
        "with written as (insert into event (id, type, version, at, cluster_id, province_id, subject_type,"
        " subject_id, actor, correlation_id, payload) select $1, $2, 1, now(), c.id, c.province_id, 'Cluster',"
        " c.id, 'test', 'test', '{}' from cluster c where c.id = $3 returning 1)"
        " select pg_notify('khoosheh_event', '') from written",
        new_id(), type_, cluster,
    )  # fmt: skip


async def everything(api: Api, after: str | None = None) -> tuple[list[str], str | None]:
    """Follow the feed to its end."""
    found: list[str] = []
    while True:
        page = (await api.data(CHANGES, {"after": after}))["changes"]
        found += [node["type"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"] or after
        if not page["pageInfo"]["hasNextPage"]:
            return found, after


async def test_the_feed_tells_everything_once_from_any_cursor_on(api: Api) -> None:
    for number in range(5):
        await happen(api.pool, CLUSTERS[0], f"kind.{number}")
    found, cursor = await everything(api)
    assert found == [f"kind.{number}" for number in range(5)]
    assert await everything(api, cursor) == ([], cursor)
    await happen(api.pool, CLUSTERS[1], "kind.5")
    assert (await everything(api, cursor))[0] == ["kind.5"]


async def test_an_event_of_a_slower_transaction_is_not_stepped_over(api: Api) -> None:
    async with api.pool.acquire() as slow, api.pool.acquire() as quick:
        transaction = slow.transaction()
        await transaction.start()
        await happen(slow, CLUSTERS[0], "slow")
        await happen(quick, CLUSTERS[1], "quick")
        first, cursor = await everything(api)
        assert first == []
        await transaction.commit()
    assert (await everything(api, cursor))[0] == ["slow", "quick"]


async def test_a_number_drawn_early_by_a_later_transaction_is_not_stepped_over(api: Api) -> None:
    async with api.pool.acquire() as older, api.pool.acquire() as younger:
        early, late = older.transaction(), younger.transaction()
        await early.start()
        await older.execute("select pg_current_xact_id()")
        await late.start()
        await happen(younger, CLUSTERS[0], "younger, smaller number")
        await happen(older, CLUSTERS[1], "older, greater number")
        await early.commit()
        seen, cursor = await everything(api)
        await late.commit()
    rest, _ = await everything(api, cursor)
    assert seen + rest == ["older, greater number", "younger, smaller number"]


async def test_the_feed_tells_only_what_is_in_reach(api: Api) -> None:
    for cluster in CLUSTERS:
        await happen(api.pool, cluster)
    partner = api.as_(UserRole.PARTNER_AGENCY, provinces=(PROVINCES[1],))
    page = (await partner.data(CHANGES))["changes"]
    assert [node["subject"] for node in page["nodes"]] == [f"Cluster_{CLUSTERS[3]}"]
    member = api.as_(UserRole.COUNCIL_MEMBER, clusters=(CLUSTERS[0],))
    assert len((await everything(member))[0]) == 1


@pytest.fixture
async def live(api: Api) -> AsyncIterator[LiveEngine]:
    live = LiveEngine(api.engine)
    yield live
    await live.close()


@asynccontextmanager
async def stream(live: LiveEngine, viewer: Viewer, **variables: Any) -> AsyncIterator[AsyncIterator[bytes]]:
    opened = await live.subscribe(GraphQLRequest(EVENTS, None, variables), viewer)
    assert not isinstance(opened, GraphQLResponse), opened.body
    async with aclosing(opened) as results:  # type: ignore[type-var]  # it is a generator
        yield results


async def one(results: AsyncIterator[bytes], seconds: float = 5.0) -> dict[str, Any]:
    async with asyncio.timeout(seconds):
        found: dict[str, Any] = orjson.loads(await anext(results))
        return found


async def test_a_subscriber_is_told_at_once_and_only_of_what_is_in_reach(api: Api, live: LiveEngine) -> None:
    partner = api.as_(UserRole.PARTNER_AGENCY, provinces=(PROVINCES[1],)).viewer
    async with stream(live, partner) as results:
        waiting = asyncio.create_task(one(results))
        await asyncio.sleep(0.2)
        await happen(api.pool, CLUSTERS[0])
        began = time.perf_counter()
        await happen(api.pool, CLUSTERS[3])
        told = await waiting
    assert told["data"]["events"]["cluster"] == {"slug": "cluster-4"}
    assert time.perf_counter() - began < 1.0


async def test_a_subscriber_resumes_from_the_cursor_of_a_result_or_of_the_feed(
    api: Api, live: LiveEngine
) -> None:
    for number in range(4):
        await happen(api.pool, CLUSTERS[0], f"kind.{number}")
    first = (await api.data(CHANGES))["changes"]["pageInfo"]["endCursor"]
    async with stream(live, api.viewer, after=first) as results:
        told = await one(results)
        assert told["data"]["events"]["type"] == "kind.2"
    async with stream(live, api.viewer, after=told["extensions"]["cursor"]) as results:
        assert (await one(results))["data"]["events"]["type"] == "kind.3"
    assert (await everything(api, told["extensions"]["cursor"]))[0] == ["kind.3"]


async def test_a_subscriber_chooses_types(api: Api, live: LiveEngine) -> None:
    _, cursor = await everything(api)
    await happen(api.pool, CLUSTERS[0], "kind.a")
    start = (await api.data(CHANGES))["changes"]["pageInfo"]["endCursor"]
    await happen(api.pool, CLUSTERS[0], "kind.b")
    await happen(api.pool, CLUSTERS[0], "kind.c")
    async with stream(live, api.viewer, after=start, types=["kind.c"]) as results:
        assert (await one(results))["data"]["events"]["type"] == "kind.c"
    assert cursor is None


async def test_who_loses_reach_while_listening_is_told_nothing_more(api: Api) -> None:
    partner = api.as_(UserRole.PARTNER_AGENCY, provinces=(PROVINCES[0],), token_id=new_id()).viewer
    current: list[Viewer | None] = [partner]

    async def again(_viewer: Viewer) -> Viewer | None:
        return current[0]

    live = LiveEngine(api.engine, again)
    async with stream(live, partner) as results:
        waiting = asyncio.create_task(one(results))
        await asyncio.sleep(0.2)
        await happen(api.pool, CLUSTERS[0], "kind.seen")
        assert (await waiting)["data"]["events"]["type"] == "kind.seen"
        current[0] = replace(partner, provinces=(PROVINCES[1],))  # type: ignore[arg-type]  # ids as texts
        await happen(api.pool, CLUSTERS[1], "kind.hidden")
        await happen(api.pool, CLUSTERS[3], "kind.shown")
        assert (await one(results))["data"]["events"]["type"] == "kind.shown"
        current[0] = None
        await happen(api.pool, CLUSTERS[3])
        with pytest.raises(NoLongerWelcome):
            await one(results)
    await live.close()


@pytest.mark.parametrize(
    ("document", "variables", "code"),
    [
        (EVENTS, {"after": "nonsense"}, "INVALID_CURSOR"),
        ("subscription { events { nothing } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { a: events { id } b: events { id } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("subscription {", {}, "GRAPHQL_PARSE_FAILED"),
    ],
)
async def test_what_cannot_be_followed_is_refused_in_one_answer(
    api: Api, live: LiveEngine, document: str, variables: dict[str, Any], code: str
) -> None:
    answer = await live.subscribe(GraphQLRequest(document, None, variables), api.viewer)
    assert isinstance(answer, GraphQLResponse)
    assert orjson.loads(answer.body)["errors"][0]["extensions"]["code"] == code


async def test_a_token_that_may_not_read_does_not_listen(api: Api, live: LiveEngine) -> None:
    viewer = replace(api.viewer, scopes=frozenset({TokenScope.WRITE}))
    answer = await live.subscribe(GraphQLRequest(EVENTS), viewer)
    assert isinstance(answer, GraphQLResponse)
    assert answer.status == 403
