"""Subscriptions as server-sent events: with the client of npm graphql-sse, and as any program reads them."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import httpx2
import pytest

if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from tests.api.conftest import RunningServer, StartServer, Visit
    from tests.node_programs import RunNode


STREAM = {"accept": "text/event-stream"}
TO_THREE = {"query": "subscription { numbers(to: 3) }"}
FOREVER = {"query": "subscription { numbers(to: 1000000, pause: 0.01) }"}


def numbers(lines: list[dict[str, Any]], operation: int = 0) -> list[int]:
    return [line["next"]["numbers"] for line in lines if "next" in line and line["operation"] == operation]


@pytest.mark.parametrize("mode", ["distinct", "single"])
async def test_the_client_graphql_sse_receives_every_number_and_the_end(
    number_server: RunningServer, run_node: RunNode, mode: str
) -> None:
    query = "subscription { numbers(to: 20) }"
    program = await run_node("follow_events.js", number_server.address, "partner", query, mode, "3")
    lines = await program.rest()
    for operation in range(3):
        assert numbers(lines, operation) == list(range(1, 21))
        assert {"operation": operation, "complete": True} in lines


@pytest.mark.parametrize("mode", ["distinct", "single"])
async def test_the_client_graphql_sse_is_told_of_a_wrong_document(
    number_server: RunningServer, run_node: RunNode, mode: str
) -> None:
    program = await run_node(
        "follow_events.js", number_server.address, "partner", "subscription { no }", mode
    )
    lines = await program.rest()
    assert "Cannot query field 'no'" in lines[0]["errors"][0]["message"]
    assert lines[1] == {"operation": 0, "complete": True}


async def test_an_event_carries_its_cursor_as_id_and_the_stream_resumes_after_it(
    number_server: RunningServer,
) -> None:
    async with httpx2.AsyncClient() as client:
        whole = await client.post(number_server.address, json=TO_THREE, headers=STREAM)
        assert whole.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert whole.text.split("\n\n") == [
            ":",
            *(
                f'id: {n}\nevent: next\ndata: {{"data":{{"numbers":{n}}},"extensions":{{"cursor":"{n}"}}}}'
                for n in (1, 2, 3)
            ),
            "event: complete\ndata:",
            "",
        ]
        rest = await client.post(
            number_server.address, json=TO_THREE, headers={**STREAM, "last-event-id": "2"}
        )
        assert rest.text == "\n\n".join([":", *whole.text.split("\n\n")[3:]])


async def test_a_browser_opens_a_stream_with_get(number_server: RunningServer) -> None:
    async with httpx2.AsyncClient() as client:
        answer = await client.get(number_server.address, params=TO_THREE, headers=STREAM)
        assert answer.text.count("event: next") == 3


async def test_a_query_is_a_stream_of_one_result(number_server: RunningServer) -> None:
    async with httpx2.AsyncClient() as client:
        answer = await client.post(number_server.address, json={"query": "{ hello }"}, headers=STREAM)
        assert answer.text == 'event: next\ndata: {"data":{"hello":"سلام"}}\n\nevent: complete\ndata:\n\n'


async def test_an_unknown_token_gets_a_status_instead_of_a_stream(number_server: RunningServer) -> None:
    async with httpx2.AsyncClient() as client:
        answer = await client.post(
            number_server.address, json=TO_THREE, headers={**STREAM, "authorization": "Bearer stranger"}
        )
        assert (answer.status_code, answer.headers["content-type"]) == (
            401,
            "application/json; charset=utf-8",
        )


async def test_a_silent_stream_beats(start_number_server: StartServer) -> None:
    server = start_number_server(heartbeat=0.05)
    silent = {"query": "subscription { numbers(to: 2, pause: 0.5) }"}
    async with httpx2.AsyncClient() as client:
        answer = await client.post(server.address, json=silent, headers=STREAM)
        assert answer.text.count(":\n\n") > 5
        assert answer.text.count("event: next") == 2
    assert server.stop() == 0


async def read_some(port: int, body: dict[str, str], count: int) -> None:
    """Read a few events and leave without a farewell."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    text = json.dumps(body).encode()
    head = (
        "POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n"
        f"content-type: application/json\r\ncontent-length: {len(text)}\r\n\r\n"
    )
    writer.write(head.encode() + text)
    for _ in range(count):
        await reader.readuntil(b"event: next")
    writer.close()
    await writer.wait_closed()


async def test_the_source_of_a_stream_ends_when_its_client_leaves(number_server: RunningServer) -> None:
    async with httpx2.AsyncClient() as client:
        await asyncio.gather(*(read_some(number_server.port, FOREVER, 3) for _ in range(10)))
        metrics = number_server.address.replace("/graphql", "/metrics")
        text = ""
        for _ in range(100):
            text = (await client.get(metrics)).text
            if 'khoosheh_live_streams{transport="sse"} 0.0' in text:
                break
            await asyncio.sleep(0.05)
        assert 'khoosheh_live_streams{transport="sse"} 0.0' in text


async def test_a_revoked_token_ends_its_streams(visit: Visit, stand_in: ModuleType) -> None:
    limits = stand_in.LiveLimits(heartbeat_seconds=0.05, identity_seconds=0.1)
    async with visit(options=stand_in.DoorOptions(live_limits=limits)) as client:
        asking = asyncio.ensure_future(
            client.post("/graphql", json=FOREVER, headers={**STREAM, "authorization": "Bearer leaving"})
        )
        await asyncio.sleep(0.3)
        assert not asking.done()
        stand_in.revoked.add("leaving")
        answer = await asyncio.wait_for(asking, 2)
        assert "event: next" in answer.text
        assert "event: complete" not in answer.text


async def test_a_shared_stream_refuses_what_does_not_fit_together(number_server: RunningServer) -> None:
    async with httpx2.AsyncClient() as client:
        assert (
            await client.get(number_server.address, headers={"x-graphql-event-stream-token": "x"})
        ).status_code == 404
        token = (await client.put(number_server.address)).text
        mine = {"x-graphql-event-stream-token": token, **STREAM}
        assert (await client.post(number_server.address, json=TO_THREE, headers=mine)).status_code == 400
        async with client.stream("GET", number_server.address, headers=mine):
            assert (await client.get(number_server.address, headers=mine)).status_code == 409
            operation = {**FOREVER, "extensions": {"operationId": "a"}}
            assert (await client.post(number_server.address, json=operation, headers=mine)).status_code == 202
            assert (await client.post(number_server.address, json=operation, headers=mine)).status_code == 409
            url = f"{number_server.address}?operationId=a"
            assert (await client.delete(url, headers=mine)).status_code == 200


async def test_no_mutation_comes_in_by_the_get_of_an_event_stream(visit: Visit, stand_in: ModuleType) -> None:
    engine = stand_in.NumberEngine()
    async with visit(engine) as client:
        answer = await client.get("/graphql", params={"query": "mutation { touch }"}, headers=STREAM)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
