"""Subscriptions by graphql-transport-ws: with the client of npm graphql-ws, and by the protocol's letter."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from websockets.asyncio.client import ClientConnection

    from tests.api.conftest import RunningServer
    from tests.node_programs import RunNode

    Dial = Callable[..., connect]


TO_FIVE = "subscription { numbers(to: 5) }"
FOREVER = "subscription { numbers(to: 1000000, pause: 0.02) }"


@pytest.fixture
def dial(number_server: RunningServer) -> Dial:
    """Return a function that opens a raw connection and speaks JSON."""

    def open_connection(**options: Any) -> connect:
        address = number_server.address.replace("http", "ws")
        return connect(address, **{"subprotocols": ["graphql-transport-ws"], **options})

    return open_connection


async def say(connection: ClientConnection, **message: object) -> None:
    await connection.send(json.dumps(message))


async def hear(connection: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(await asyncio.wait_for(connection.recv(), 5))
    return message


async def closed_with(connection: ClientConnection) -> int:
    """Return the code the server closes the connection with."""
    async with asyncio.timeout(5):
        await connection.wait_closed()
    assert connection.close_code is not None
    return connection.close_code


async def initialised(connection: ClientConnection, **payload: object) -> None:
    await say(connection, type="connection_init", payload=payload)
    assert await hear(connection) == {"type": "connection_ack"}


async def test_the_client_graphql_ws_receives_every_number_and_the_end(
    number_server: RunningServer, run_node: RunNode
) -> None:
    address = number_server.address.replace("http", "ws")
    program = await run_node("follow_websocket.js", address, "partner", TO_FIVE)
    lines = await program.rest()
    assert lines[:6] == [{"next": {"numbers": number}} for number in range(1, 6)] + [{"complete": True}]


async def test_the_client_graphql_ws_is_told_of_a_wrong_document_and_a_wrong_token(
    number_server: RunningServer, run_node: RunNode
) -> None:
    address = number_server.address.replace("http", "ws")
    wrong = await (await run_node("follow_websocket.js", address, "partner", "subscription { no }")).rest()
    assert "Cannot query field 'no'" in wrong[0]["error"][0]["message"]
    stranger = await (await run_node("follow_websocket.js", address, "stranger", TO_FIVE)).rest()
    assert {"error": 4403} in stranger


async def test_several_operations_share_a_connection_and_end_one_by_one(dial: Dial) -> None:
    async with dial() as connection:
        await initialised(connection, token="partner")
        await say(connection, type="subscribe", id="a", payload={"query": FOREVER})
        await say(connection, type="subscribe", id="b", payload={"query": "{ viewer }"})
        heard = [await hear(connection) for _ in range(12)]
        assert {"id": "b", "type": "next", "payload": {"data": {"viewer": "partner"}}} in heard
        assert {"type": "complete", "id": "b"} in heard
        numbers = [message["payload"]["data"]["numbers"] for message in heard if message["id"] == "a"]
        assert numbers == list(range(1, len(numbers) + 1))
        await say(connection, type="complete", id="a")
        await asyncio.sleep(0.1)
        await say(connection, type="ping", payload={"still": "there"})
        while (message := await hear(connection))["type"] == "next":
            pass
        assert message == {"type": "pong", "payload": {"still": "there"}}
        # The name is free again once its operation has ended.
        await say(connection, type="subscribe", id="a", payload={"query": TO_FIVE})
        assert (await hear(connection))["payload"]["data"] == {"numbers": 1}


async def test_a_subscription_goes_on_after_the_cursor_of_the_last_result(dial: Dial) -> None:
    async with dial() as connection:
        await initialised(connection)
        payload = {"query": TO_FIVE, "extensions": {"after": "3"}}
        await say(connection, type="subscribe", id="a", payload=payload)
        assert await hear(connection) == {
            "id": "a",
            "type": "next",
            "payload": {"data": {"numbers": 4}, "extensions": {"cursor": "4"}},
        }


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '"text"',
        '{"type":"start"}',
        "{}",
        '{"type":1}',
        '{"type":"complete"}',
        b"\x00\x01",
        "9" * 5000,
    ],
)
async def test_an_invalid_message_closes_with_4400(dial: Dial, text: bytes | str) -> None:
    async with dial() as connection:
        await initialised(connection)
        await connection.send(text)
        assert await closed_with(connection) == 4400


@pytest.mark.parametrize(
    "message",
    [
        {"type": "subscribe", "payload": {"query": TO_FIVE}},
        {"type": "subscribe", "id": "", "payload": {"query": TO_FIVE}},
        {"type": "subscribe", "id": 7, "payload": {"query": TO_FIVE}},
        {"type": "subscribe", "id": "a"},
        {"type": "subscribe", "id": "a", "payload": []},
    ],
)
async def test_a_subscription_without_name_or_payload_closes_with_4400(
    dial: Dial, message: dict[str, object]
) -> None:
    async with dial() as connection:
        await initialised(connection)
        await say(connection, **message)
        assert await closed_with(connection) == 4400


@pytest.mark.parametrize(
    "payload",
    [{"query": 5}, {}, {"query": TO_FIVE, "variables": []}, {"query": TO_FIVE, "variables": {"a": "\0"}}],
)
async def test_a_request_with_wrong_parameters_is_an_error_of_that_operation_only(
    dial: Dial, payload: dict[str, object]
) -> None:
    async with dial() as connection:
        await initialised(connection)
        await say(connection, type="subscribe", id="a", payload=payload)
        message = await hear(connection)
        assert (message["type"], message["id"]) == ("error", "a")
        assert message["payload"][0]["extensions"]["code"] == "BAD_REQUEST"
        await say(connection, type="ping")
        assert await hear(connection) == {"type": "pong"}


async def test_a_subscription_before_the_acknowledgement_closes_with_4401(dial: Dial) -> None:
    async with dial() as connection:
        await say(connection, type="subscribe", id="a", payload={"query": TO_FIVE})
        assert await closed_with(connection) == 4401


async def test_silence_instead_of_initialisation_closes_with_4408(dial: Dial) -> None:
    async with dial() as connection:
        await say(connection, type="ping")
        assert await hear(connection) == {"type": "pong"}
        assert await closed_with(connection) == 4408


async def test_a_second_operation_of_the_same_name_closes_with_4409(dial: Dial) -> None:
    async with dial() as connection:
        await initialised(connection)
        await say(connection, type="subscribe", id="a", payload={"query": FOREVER})
        await say(connection, type="subscribe", id="a", payload={"query": FOREVER})
        assert await closed_with(connection) == 4409


async def test_a_second_initialisation_closes_with_4429(dial: Dial) -> None:
    async with dial() as connection:
        await initialised(connection)
        await say(connection, type="connection_init")
        assert await closed_with(connection) == 4429


async def test_an_unknown_token_closes_with_4403(dial: Dial) -> None:
    async with dial() as connection:
        await say(connection, type="connection_init", payload={"authorization": "Bearer stranger"})
        assert await closed_with(connection) == 4403


@pytest.mark.parametrize("subprotocols", [None, ["graphql-ws"]])
async def test_other_subprotocols_close_with_4406(dial: Dial, subprotocols: list[str] | None) -> None:
    async with dial(subprotocols=subprotocols) as connection:
        assert await closed_with(connection) == 4406


async def test_another_site_cannot_open_a_connection_with_a_users_cookie(dial: Dial) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with dial(origin="https://elsewhere.test", additional_headers={"cookie": "session=1"}):
            pass
    assert refused.value.response.status_code == 403


async def test_a_message_of_two_megabytes_closes_the_connection(dial: Dial) -> None:
    async with dial() as connection:
        await initialised(connection)
        await connection.send("x" * 2_000_000)
        assert await closed_with(connection) == 1009


async def test_too_many_operations_on_one_connection_are_refused_one_by_one(dial: Dial) -> None:
    async with dial() as connection:
        await initialised(connection)
        slow = "subscription { numbers(to: 2, pause: 30) }"
        for number in range(101):
            await say(connection, type="subscribe", id=str(number), payload={"query": slow})
        heard = [await hear(connection) for _ in range(101)]
        refused = [message for message in heard if message["type"] == "error"]
        assert [message["id"] for message in refused] == ["100"]
        assert refused[0]["payload"][0]["extensions"]["code"] == "TOO_MANY_OPERATIONS"
