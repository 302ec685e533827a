"""Serves many operations over one event stream (GraphQL over SSE, single connection mode)."""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic

import orjson
import structlog
from starlette.requests import Request

from services.graphql.departure import until_disconnected
from services.graphql.event_stream import HEARTBEAT, STREAM_HEADERS, event
from services.graphql.exchange import GraphQLRequest, GraphQLResponse, Refusal, ViewerT
from services.graphql.live import NO_LONGER_WELCOME, OUR_FAULT, Live, NoLongerWelcome, follow, resumed
from services.graphql.protocol import bad_request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Receive, Scope, Send

    Read = Callable[[], Awaitable[GraphQLRequest]]

TOKEN_HEADER = b"x-graphql-event-stream-token"
EVENTS_WAITING = 64

log = structlog.get_logger(__name__)


@dataclass
class Reservation:
    """One stream: reserved, then opened by its client, fed by the operations it asks for."""

    reserved_at: float
    open: bool = False
    events: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(EVENTS_WAITING))
    operations: dict[str, asyncio.Task[None]] = field(default_factory=dict)


class SharedStreams(Generic[ViewerT]):
    """The streams of this process; a client of several replicas needs a balancer that keeps it on one."""

    def __init__(self, live: Live[ViewerT]) -> None:
        self._live = live
        self._reservations: dict[str, Reservation] = {}

    @staticmethod
    def concerns(scope: Scope, fields: dict[bytes, bytes]) -> bool:
        """Say whether a request belongs to this mode."""
        return TOKEN_HEADER in fields or scope["method"] in {"PUT", "DELETE"}

    async def serve(
        self, scope: Scope, fields: dict[bytes, bytes], read: Read, receive: Receive, send: Send
    ) -> None:
        """Reserve, open, feed or relieve a stream, as the method asks."""
        method = scope["method"]
        connection = Request(scope)
        if method == "PUT":
            await self._live.viewer_of(connection)
            await _say(send, 201, self._reserve().encode())
            return
        reservation = self._reservations.get(fields.get(TOKEN_HEADER, b"").decode("latin-1"))
        if reservation is None:
            raise Refusal("STREAM_NOT_FOUND", "Reserve an event stream with PUT first.")
        viewer = await self._live.viewer_of(connection)
        if method == "GET":
            await self._open(reservation, receive, send)
        elif method == "POST":
            await self._begin(reservation, await read(), viewer, connection)
            await _say(send, 202, b"")
        else:
            task = reservation.operations.get(connection.query_params.get("operationId", ""))
            if task is not None:
                task.cancel()
            await _say(send, 200, b"")

    def _reserve(self) -> str:
        now = time.monotonic()
        for token, reservation in list(self._reservations.items()):
            if not reservation.open and now - reservation.reserved_at > self._live.limits.reservation_seconds:
                del self._reservations[token]
        if len(self._reservations) >= self._live.limits.reservations:
            raise Refusal(
                "TOO_MANY_STREAMS", "Too many event streams are open; try again later.",
                headers={"retry-after": "30"},
            )  # fmt: skip
        token = secrets.token_urlsafe(32)
        self._reservations[token] = Reservation(now)
        return token

    async def _open(self, reservation: Reservation, receive: Receive, send: Send) -> None:
        if reservation.open:
            raise Refusal("STREAM_ALREADY_OPEN", "This event stream is open already.")
        reservation.open = True
        await send({"type": "http.response.start", "status": 200, "headers": list(STREAM_HEADERS)})
        gone = asyncio.ensure_future(until_disconnected(receive))
        closing = asyncio.ensure_future(self._live.lifecycle.closing.wait())
        part = HEARTBEAT
        try:
            with self._live.metrics.streams.labels("sse").track_inprogress():
                while True:
                    await send({"type": "http.response.body", "body": part, "more_body": True})
                    upcoming = asyncio.ensure_future(reservation.events.get())
                    done, _ = await asyncio.wait(
                        {upcoming, gone, closing},
                        timeout=self._live.limits.heartbeat_seconds,
                        return_when=asyncio.FIRST_COMPLETED,
                    )
                    if upcoming in done:
                        part = upcoming.result()
                        continue
                    upcoming.cancel()
                    if done:
                        break
                    part = HEARTBEAT
            await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()
            closing.cancel()
            for task in reservation.operations.values():
                task.cancel()
            self._reservations = {
                token: other for token, other in self._reservations.items() if other is not reservation
            }

    async def _begin(
        self, reservation: Reservation, request: GraphQLRequest, viewer: ViewerT, connection: Request
    ) -> None:
        identifier = (request.extensions or {}).get("operationId")
        if not isinstance(identifier, str) or not identifier:
            raise bad_request("`extensions.operationId` must name the operation within the stream.")
        if identifier in reservation.operations:
            raise Refusal("OPERATION_EXISTS", "An operation of this name is running in the stream.")
        if len(reservation.operations) >= self._live.limits.operations_per_connection:
            raise Refusal("TOO_MANY_OPERATIONS", "Too many operations are running in this stream.")
        request = resumed(request, connection.headers.get("last-event-id"))
        task = asyncio.create_task(self._run(reservation, identifier, request, viewer, connection))
        reservation.operations[identifier] = task
        task.add_done_callback(lambda _: reservation.operations.pop(identifier, None))

    async def _run(
        self,
        reservation: Reservation,
        identifier: str,
        request: GraphQLRequest,
        viewer: ViewerT,
        connection: Request,
    ) -> None:
        """Put the results of one operation on the shared stream."""
        name = orjson.dumps(identifier)

        async def put(result: bytes) -> None:
            await reservation.events.put(event(b"next", b'{"id":' + name + b',"payload":' + result + b"}"))

        try:
            source = await self._live.engine.subscribe(request, viewer)
            if isinstance(source, GraphQLResponse):
                await put(source.body)
            else:
                async with aclosing(follow(self._live, source, connection)) as results:
                    async for result in results:
                        if result is not None:
                            await put(result)
                if self._live.lifecycle.closing.is_set():
                    return
        except Refusal as refusal:
            await put(refusal.response().body)
        except NoLongerWelcome:
            await put(NO_LONGER_WELCOME.response().body)
        except Exception:
            log.exception("an operation of a shared stream failed by our own fault")
            await put(OUR_FAULT.response().body)
        await reservation.events.put(event(b"complete", b'{"id":' + name + b"}"))


async def _say(send: Send, status: int, text: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
