"""What goes over the wire of one connection: whole answers in one piece, in the order they were asked for."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING, Any

import pytest

from services.graphql.straight import WholeAnswer

if TYPE_CHECKING:
    from tests.api.conftest import RunningServer


class Wire:
    """What a request needs of its connection; keeps what was written on it."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed = False
        self.write_paused = False
        self.answered = 0

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def close(self) -> None:
        self.closed = True

    def count(self) -> None:
        self.answered += 1


def request_on(wire: Wire, method: str = "POST", *, keep_alive: bool = True) -> WholeAnswer:
    parts: Any = {
        "scope": {"method": method},
        "transport": wire,
        "flow": wire,
        "logger": None,
        "access_logger": None,
        "access_log": False,
        "default_headers": [(b"date", b"today")],
        "message_event": asyncio.Event(),
        "expect_100_continue": False,
        "on_response": wire.count,
    }
    return WholeAnswer(keep_alive=keep_alive, **parts)


def beginning(*headers: tuple[bytes, bytes], status: int = 200) -> dict[str, object]:
    return {"type": "http.response.start", "status": status, "headers": list(headers)}


def part(body: bytes, *, more: bool = False) -> dict[str, object]:
    return {"type": "http.response.body", "body": body, "more_body": more}


LENGTH = (b"content-length", b"2")


async def test_an_answer_that_is_whole_is_written_at_once() -> None:
    wire = Wire()
    request = request_on(wire)
    await request.send(beginning(LENGTH, (b"x-cost", b"3")))
    assert wire.written == []
    await request.send(part(b"ok"))
    assert wire.written == [b"HTTP/1.1 200 OK\r\ndate: today\r\ncontent-length: 2\r\nx-cost: 3\r\n\r\nok"]
    assert (wire.answered, wire.closed) == (1, False)
    with pytest.raises(RuntimeError, match="already completed"):
        await request.send(part(b"more"))


@pytest.mark.parametrize("by", ["client", "service"])
async def test_a_connection_that_shall_close_says_so_once_and_closes(by: str) -> None:
    wire = Wire()
    request = request_on(wire, keep_alive=by == "service")
    await request.send(beginning(LENGTH, *([(b"connection", b"close")] if by == "service" else [])))
    await request.send(part(b"ok"))
    assert wire.written[0].count(b"connection: close\r\n") == 1
    assert wire.closed


async def test_the_answer_to_head_has_no_body() -> None:
    wire = Wire()
    request = request_on(wire, "HEAD")
    await request.send(beginning(LENGTH, status=405))
    await request.send(part(b"no"))
    assert wire.written == [b"HTTP/1.1 405 Method Not Allowed\r\ndate: today\r\ncontent-length: 2\r\n\r\n"]


async def test_a_stream_begins_before_it_has_something_to_say() -> None:
    wire = Wire()
    request = request_on(wire)
    await request.send(beginning((b"content-type", b"text/event-stream")))
    assert wire.written[0].startswith(b"HTTP/1.1 200 OK\r\n")
    await request.send(part(b"a", more=True))
    await request.send(part(b"b"))
    assert b"".join(wire.written).endswith(b"\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n")


async def test_an_answer_in_parts_goes_out_in_parts() -> None:
    wire = Wire()
    request = request_on(wire)
    await request.send(beginning(LENGTH))
    await request.send(part(b"o", more=True))
    assert wire.written[-1] == b"o"
    await request.send(part(b"k"))
    assert b"".join(wire.written).endswith(b"content-length: 2\r\n\r\nok")
    assert wire.answered == 1


async def test_a_failure_between_head_and_body_is_answered_as_a_failure() -> None:
    wire = Wire()
    request = request_on(wire)
    await request.send(beginning(LENGTH))
    await request.send_500_response()
    assert b"".join(wire.written).startswith(b"HTTP/1.1 500 ")
    assert wire.closed


async def test_no_value_can_smuggle_a_header_in() -> None:
    wire = Wire()
    request = request_on(wire)
    await request.send(beginning(LENGTH, (b"x-request-id", b"1\r\nset-cookie: a=b")))
    with pytest.raises(RuntimeError, match="line break"):
        await request.send(part(b"ok"))
    assert wire.written == []


async def test_nothing_is_written_for_a_client_that_has_gone() -> None:
    wire = Wire()
    request = request_on(wire)
    await request.send(beginning(LENGTH))
    request.disconnected = True
    await request.send(part(b"ok"))
    assert wire.written == []


def test_requests_sent_in_advance_are_answered_in_their_order(number_server: RunningServer) -> None:
    """A slow one, one that is quick, one by the query string, and one of another address."""

    def asked(query: str) -> bytes:
        body = json.dumps({"query": query}).encode()
        head = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
        return head + b"content-length: %d\r\n\r\n%b" % (len(body), body)

    with socket.create_connection(("127.0.0.1", number_server.port), timeout=20) as connection:
        connection.sendall(
            asked("{ slow(seconds: 0.2) }")
            + asked("{ hello }")
            + b"GET /graphql?query=%7Bviewer%7D HTTP/1.1\r\nhost: x\r\n\r\n"
            + b"GET /live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
        )
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    places = [received.find(mark) for mark in (b'"slow"', b'"hello"', b'"viewer"', b'"live"')]
    assert -1 not in places
    assert places == sorted(places)
