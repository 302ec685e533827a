"""Serves operations over WebSocket by the protocol graphql-transport-ws."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, Generic

import orjson
import structlog
from starlette.requests import Request
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from services.graphql.exchange import GraphQLResponse, Refusal, ViewerT
from services.graphql.live import OUR_FAULT, Live, NoLongerWelcome, errors_of, follow
from services.graphql.protocol import request_of_parameters

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

SUBPROTOCOL = "graphql-transport-ws"
GOING_AWAY = 1001
INVALID_MESSAGE = 4400
UNAUTHORIZED = 4401
FORBIDDEN = 4403
SUBPROTOCOL_NOT_ACCEPTABLE = 4406
INITIALISATION_TIMEOUT = 4408
SUBSCRIBER_EXISTS = 4409
TOO_MANY_INITIALISATIONS = 4429
TOO_MANY_OPERATIONS = Refusal("TOO_MANY_OPERATIONS", "Too many operations are running on this connection.")

log = structlog.get_logger(__name__)


class ProtocolBroken(Exception):
    """The connection has to be closed with this code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class RequestErrors(Exception):
    """The engine refused the document; these are the errors it gave."""

    def __init__(self, errors: list[object]) -> None:
        super().__init__("The engine refused the document.")
        self.errors = errors


class WebSocketDoor(Generic[ViewerT]):
    """An ASGI application for one path; each connection is served by a conversation of its own."""

    def __init__(self, live: Live[ViewerT]) -> None:
        self._live = live

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection until either side closes it."""
        socket = WebSocket(scope, receive, send)
        if SUBPROTOCOL not in scope["subprotocols"]:
            await socket.accept()
            await socket.close(SUBPROTOCOL_NOT_ACCEPTABLE, "Subprotocol not acceptable")
            return
        await socket.accept(SUBPROTOCOL)
        with self._live.metrics.streams.labels("websocket").track_inprogress():
            await Conversation(self._live, socket).hold()


class Conversation(Generic[ViewerT]):
    """One connection: who speaks, and which operations run for them."""

    def __init__(self, live: Live[ViewerT], socket: WebSocket) -> None:
        self._live = live
        self._socket = socket
        self._connection: Request | None = None
        self._viewer: ViewerT
        self._initialised = False
        self._operations: dict[str, asyncio.Task[None]] = {}

    async def hold(self) -> None:
        """Listen until the connection ends, whichever way it ends."""
        listening = asyncio.ensure_future(self._listen())
        closing = asyncio.ensure_future(self._live.lifecycle.closing.wait())
        try:
            await asyncio.wait({listening, closing}, return_when=asyncio.FIRST_COMPLETED)
            if listening.done():
                listening.result()
            else:
                await self._close(GOING_AWAY, "Going away")
        except ProtocolBroken as broken:
            await self._close(broken.code, broken.reason)
        except WebSocketDisconnect:
            pass
        finally:
            closing.cancel()
            listening.cancel()
            for task in list(self._operations.values()):
                task.cancel()

    async def _listen(self) -> None:
        try:
            async with asyncio.timeout(self._live.limits.initialisation_seconds):
                while self._connection is None:
                    await self._hear(await self._next_message())
        except TimeoutError:
            raise ProtocolBroken(INITIALISATION_TIMEOUT, "Connection initialisation timeout") from None
        while True:
            await self._hear(await self._next_message())

    async def _next_message(self) -> dict[str, object]:
        received = await self._socket.receive()
        if received["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(received.get("code", 1005))
        try:
            message = orjson.loads(received.get("text") or b"")
        except orjson.JSONDecodeError:
            raise ProtocolBroken(INVALID_MESSAGE, "Invalid message received") from None
        if not isinstance(message, dict):
            raise ProtocolBroken(INVALID_MESSAGE, "Invalid message received")
        return message

    async def _hear(self, message: dict[str, object]) -> None:
        """Act on one message of the client."""
        kind = message.get("type")
        payload = message.get("payload")
        if kind == "connection_init":
            await self._initialise(payload)
        elif kind == "ping":
            await self._say({"type": "pong"} if payload is None else {"type": "pong", "payload": payload})
        elif kind == "subscribe":
            await self._begin(message.get("id"), payload)
        elif kind == "complete" and isinstance(message.get("id"), str):
            task = self._operations.get(str(message["id"]))
            if task is not None:
                task.cancel()
        elif kind != "pong":
            raise ProtocolBroken(INVALID_MESSAGE, "Invalid message received")

    async def _initialise(self, payload: object) -> None:
        if self._initialised:
            raise ProtocolBroken(TOO_MANY_INITIALISATIONS, "Too many initialisation requests")
        if payload is not None and not isinstance(payload, dict):
            raise ProtocolBroken(INVALID_MESSAGE, "Invalid message received")
        self._initialised = True
        connection = _connection_of(self._socket, payload or {})
        try:
            self._viewer = await self._live.viewer_of(connection)
        except Refusal as refusal:
            raise ProtocolBroken(FORBIDDEN, refusal.message[:100]) from None
        self._connection = connection
        await self._say({"type": "connection_ack"})

    async def _begin(self, identifier: object, payload: object) -> None:
        if self._connection is None:
            raise ProtocolBroken(UNAUTHORIZED, "Unauthorized")
        if not isinstance(identifier, str) or not identifier or not isinstance(payload, dict):
            raise ProtocolBroken(INVALID_MESSAGE, "Invalid message received")
        if identifier in self._operations:
            raise ProtocolBroken(SUBSCRIBER_EXISTS, f"Subscriber for {identifier[:80]} already exists")
        if len(self._operations) >= self._live.limits.operations_per_connection:
            await self._say({"type": "error", "id": identifier, "payload": TOO_MANY_OPERATIONS.errors()})
            return
        task = asyncio.create_task(self._run(identifier, payload, self._connection))
        self._operations[identifier] = task
        task.add_done_callback(lambda _: self._operations.pop(identifier, None))

    async def _run(self, identifier: str, payload: dict[str, object], connection: Request) -> None:
        """Answer one operation, and end it by `complete`, by `error` or with the connection."""
        ending: dict[str, object] = {"type": "complete", "id": identifier}
        try:
            await self._answer(identifier, payload, connection)
            if self._live.lifecycle.closing.is_set():
                return
        except RequestErrors as problem:
            ending = {"type": "error", "id": identifier, "payload": problem.errors}
        except Refusal as refusal:
            ending = {"type": "error", "id": identifier, "payload": refusal.errors()}
        except NoLongerWelcome:
            await self._close(FORBIDDEN, "Session or token ended")
            return
        except WebSocketDisconnect:
            return
        except Exception:
            log.exception("a subscription failed by our own fault")
            ending = {"type": "error", "id": identifier, "payload": OUR_FAULT.errors()}
        with suppress(WebSocketDisconnect):
            await self._say(ending)

    async def _answer(self, identifier: str, payload: dict[str, object], connection: Request) -> None:
        source = await self._live.engine.subscribe(request_of_parameters(payload), self._viewer)
        if not isinstance(source, GraphQLResponse):
            async with aclosing(follow(self._live, source, connection)) as results:
                async for result in results:
                    if result is not None:
                        await self._pass_on(identifier, result)
        elif source.data_present:
            await self._pass_on(identifier, source.body)
        else:
            raise RequestErrors(errors_of(source))

    async def _pass_on(self, identifier: str, document: bytes) -> None:
        """Send a result, which is JSON already."""
        head = orjson.dumps({"id": identifier, "type": "next"})
        await self._send((head[:-1] + b',"payload":' + document + b"}").decode())
        self._live.metrics.results.labels("websocket").inc()

    async def _say(self, message: dict[str, object]) -> None:
        await self._send(orjson.dumps(message).decode())

    async def _send(self, text: str) -> None:
        if self._socket.application_state is not WebSocketState.CONNECTED:
            raise WebSocketDisconnect(GOING_AWAY)
        await self._socket.send_text(text)

    async def _close(self, code: int, reason: str) -> None:
        with suppress(RuntimeError, WebSocketDisconnect):
            await self._socket.close(code, reason)


def _connection_of(socket: WebSocket, payload: dict[str, object]) -> Request:
    """Present the connection as a request whose Authorization is the one sent with `connection_init`.

    Browsers cannot set headers on a WebSocket, so the token comes in the payload, as `authorization`
    (the whole header) or as `token`.
    """
    given = payload.get("authorization") or payload.get("Authorization")
    if given is None and payload.get("token") is not None:
        given = f"Bearer {payload['token']}"
    headers = list(socket.scope["headers"])
    if given is not None:
        try:
            authorization = str(given).encode("ascii")
        except UnicodeEncodeError:
            raise ProtocolBroken(INVALID_MESSAGE, "Invalid message received") from None
        headers = [pair for pair in headers if pair[0] != b"authorization"]
        headers.append((b"authorization", authorization))
    return Request({**socket.scope, "type": "http", "method": "GET", "headers": headers})
