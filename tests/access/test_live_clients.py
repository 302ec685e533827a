"""The real clients graphql-ws and graphql-sse follow the real events through deaths of the service, within scope."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from schema.identity import new_id
from tests.service_process import ServiceProcess, running_service

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from uuid import UUID

    import asyncpg

    from tests.access.conftest import People, Place
    from tests.node_programs import NodeProgram, RunNode

FOLLOW = "subscription { events { id type cluster { slug } } }"
CLIENTS = {
    "graphql-ws": ("follow_websocket.js",),
    "graphql-sse, a connection each": ("follow_events.js", "distinct"),
    "graphql-sse, one for all": ("follow_events.js", "single"),
}


@dataclass
class Follower:
    """A client that follows, and what it has been told so far."""

    program: NodeProgram
    told: list[str] = field(default_factory=list)
    ended: list[dict[str, Any]] = field(default_factory=list)

    async def hear(self, until: Callable[[Follower], bool], seconds: float = 180) -> None:
        """Listen until it has been told enough."""
        async with asyncio.timeout(seconds):
            while not until(self):
                line = await self.program.line(seconds)
                if line.get("next"):
                    self.told.append(line["next"]["events"]["type"])
                elif "next" not in line or line.get("errors"):
                    self.ended.append(line)


@dataclass
class Scene:
    """A running service, an agency that reaches one of two places, and events that happen in both."""

    service: ServiceProcess
    pool: asyncpg.Pool[asyncpg.Record]
    run_node: RunNode
    here: Place
    there: Place
    agency: UUID
    token: str

    async def happen(self, place: Place, type_: str) -> None:
        await self.pool.execute(
            "with written as (insert into event (id, type, version, at, cluster_id, province_id, subject_type,"
            " subject_id, actor, correlation_id, payload) values ($1, $2, 1, now(), $3, $4, 'Cluster', $3, 'test',"
            " 'test', '{}') returning 1) select pg_notify('khoosheh_event', '') from written",
            new_id(), type_, place.cluster, place.province,
        )  # fmt: skip

    async def cursor(self) -> str:
        """Ask the feed where it ends, as a partner does before it follows."""
        async with httpx2.AsyncClient(timeout=30) as client:
            while True:
                answer = await client.post(
                    self.service.address,
                    json={"query": "{ changes(last: 1) { pageInfo { endCursor } } }"},
                    headers={"authorization": f"Bearer {self.token}"},
                )
                if found := answer.json()["data"]["changes"]["pageInfo"]["endCursor"]:
                    return str(found)
                await asyncio.sleep(0.05)

    async def follow(self, client: str) -> Follower:
        """Let a client follow from where the feed ends now."""
        script, *mode = CLIENTS[client]
        address = self.service.address
        if script == "follow_websocket.js":
            address = address.replace("http:", "ws:")
        cursor = await self.cursor()
        return Follower(await self.run_node(script, address, self.token, FOLLOW, *mode, CURSOR=cursor))


@pytest.fixture
async def scene(
    database_url: str,
    people: People,
    here: Place,
    there: Place,
    run_node: RunNode,
    free_port: Callable[[], int],
) -> AsyncIterator[Scene]:
    agency = await people.agency(provinces=(here.province,))
    token = await people.token(agency=agency)
    with running_service(database_url, free_port()) as service:
        scene = Scene(service, people.pool, run_node, here, there, agency, token)
        await scene.happen(here, "before")
        yield scene


async def test_a_service_that_dies_in_the_middle_loses_and_repeats_nothing(scene: Scene) -> None:
    followers = [await scene.follow(client) for client in CLIENTS]
    expected = [f"event.{number}" for number in range(120)]

    async def write() -> None:
        for number, type_ in enumerate(expected):
            await scene.happen(scene.there, "foreign")
            await scene.happen(scene.here, type_)
            if number == 40:
                await asyncio.to_thread(scene.service.kill)
            elif number == 60:
                await asyncio.to_thread(scene.service.start)
            elif number == 90:
                await asyncio.to_thread(scene.service.stop)
                await asyncio.to_thread(scene.service.start)
            await asyncio.sleep(0.01)

    def has_everything(follower: Follower) -> bool:
        return len(follower.told) >= len(expected)

    await asyncio.gather(write(), *(follower.hear(has_everything, 240) for follower in followers))
    for client, follower in zip(CLIENTS, followers, strict=True):
        assert follower.told == expected, client


async def test_a_narrower_scope_and_a_revoked_token_bite_while_the_subscription_is_open(scene: Scene) -> None:
    followers = [await scene.follow(client) for client in CLIENTS]
    await scene.happen(scene.here, "seen")
    for follower in followers:
        await follower.hear(lambda heard: heard.told == ["seen"])
    await scene.pool.execute(
        "insert into agency_cluster (id, revision, created_at, is_sample, agency_id, cluster_id)"
        " values ($1, 1, now(), false, $2, $3)",
        new_id(), scene.agency, scene.there.cluster,
    )  # fmt: skip
    await scene.pool.execute(
        "update agency_province set deleted_at = now() where agency_id = $1", scene.agency
    )
    await scene.happen(scene.here, "out of reach")
    await scene.happen(scene.there, "come within reach")
    for follower in followers:
        await follower.hear(lambda heard: len(heard.told) > 1)
        assert follower.told == ["seen", "come within reach"]
    await scene.pool.execute("update api_token set revoked_at = now()")
    await scene.happen(scene.there, "after the end")
    for client, follower in zip(CLIENTS, followers, strict=True):
        await follower.hear(lambda heard: bool(heard.ended))
        assert follower.told == ["seen", "come within reach"], client
        assert any(word in str(follower.ended) for word in ("4403", "401", "UNAUTHENTICATED")), follower.ended
