"""The door in front of the real engine: the audits again, and the statement of a client that leaves."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING, Any

import pytest

from schema.viewers import Viewer
from schema.vocabulary import UserRole
from services.graphql.app import create_app
from services.graphql.lifecycle import Lifecycle
from services.graphql.server import make_server
from services.graphql.single_results import SingleResults

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import asyncpg
    from starlette.requests import Request

    from services.graphql.engine import Engine
    from tests.node_programs import RunNode


@pytest.fixture
async def port(engine: Engine) -> AsyncIterator[int]:
    """Serve the real engine to a national viewer on a free port."""

    async def national(_: Request) -> Viewer:
        return Viewer(role=UserRole.NATIONAL_ADMINISTRATOR, actor="national office (test)", language="en")

    lifecycle = Lifecycle()
    server = make_server(
        create_app(SingleResults(engine), national, None, lifecycle), lifecycle, drain_seconds=0
    )
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        serving = asyncio.ensure_future(server.serve(sockets=[listener]))
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for this
            await asyncio.sleep(0.01)
        yield listener.getsockname()[1]
        server.should_exit = True
        await serving


async def test_all_audits_pass_in_front_of_the_real_engine(port: int, run_node: RunNode) -> None:
    audits: Any = (await (await run_node("audit.js", f"http://127.0.0.1:{port}/graphql")).rest())[0]
    assert len(audits) == 61
    assert [audit for audit in audits if audit["status"] != "ok"] == []


async def waiting(watch: asyncpg.Connection[asyncpg.Record]) -> int:
    """Count the statements of this database that wait for the lock the test holds.

    Asked outside any transaction: inside one PostgreSQL shows the sessions that were there at the first look
    for ever, and the statement may come over a connection that the pool opens only for it.
    """
    found: int = await watch.fetchval(
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    )
    return found


async def test_the_statement_of_a_client_that_leaves_is_gone_within_a_second(
    port: int, engine: Engine
) -> None:
    body = json.dumps({"query": "{ provinces(first: 1) { nodes { nameFa } } }"}).encode()
    head = (
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    # Every connection of the pool is new, as after a pause: the statement comes over one that nobody has seen.
    await engine.pool.expire_connections()
    async with (
        engine.pool.acquire() as watch,
        engine.pool.acquire() as connection,
        connection.transaction(),
    ):
        await connection.execute("lock table province in access exclusive mode")
        assert await waiting(watch) == 0
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.encode() + body)
        async with asyncio.timeout(60):
            while await waiting(watch) == 0:  # noqa: ASYNC110 - PostgreSQL has no event for this
                await asyncio.sleep(0.02)
        writer.close()
        async with asyncio.timeout(1):
            while await waiting(watch):  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.02)
