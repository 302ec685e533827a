"""A small real schema behind the real door, for tests of HTTP that need no database."""

from __future__ import annotations

import asyncio
import socket
import sys
from inspect import isawaitable
from typing import TYPE_CHECKING

import orjson
import structlog
import uvloop
from graphql import (
    ExecutionResult,
    GraphQLError,
    OperationType,
    build_schema,
    execute,
    get_operation_ast,
    parse,
    subscribe,
    validate,
)

from services.graphql.app import DoorOptions, create_app
from services.graphql.exchange import GraphQLRequest, GraphQLResponse, Refusal
from services.graphql.lifecycle import Lifecycle
from services.graphql.live import LiveLimits
from services.graphql.server import make_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

SCHEMA = build_schema("""
  type Query {
    hello: String!
    echo(text: String): String
    wide: String!
    viewer: String!
    slow(seconds: Float!): String
    broken: String
  }
  type Mutation { touch: Int! }
  type Subscription { numbers(to: Int!, pause: Float = 0): Int! }
""")


class NumberEngine:
    """Executes the schema above with graphql-core and remembers what was begun and what was cancelled."""

    def __init__(self) -> None:
        self.touched = 0
        self.begun = 0
        self.cancelled = 0
        self.produced = 0

    async def execute(  # noqa: PLR0911 - each way a request ends is one return
        self, request: GraphQLRequest, viewer: str, *, allow_mutation: bool = True
    ) -> GraphQLResponse:
        try:
            document = parse(request.query, max_tokens=600)
        except GraphQLError as error:
            return refused([error])
        errors = validate(SCHEMA, document)
        if errors:
            return refused(errors)
        operation = get_operation_ast(document, request.operation_name)
        if operation is None:
            return refused([GraphQLError("Name the operation.")])
        if operation.operation is OperationType.MUTATION and not allow_mutation:
            return refused([GraphQLError("Mutations need POST.")], 405)
        if operation.operation is OperationType.SUBSCRIPTION:
            return refused([GraphQLError("Subscriptions need a stream.")])
        result = execute(
            SCHEMA, document, Root(self, viewer), variable_values=dict(request.variables or {}),
            operation_name=request.operation_name,
        )  # fmt: skip
        if not isinstance(result, ExecutionResult):
            result = await result
        if any(isinstance(error.original_error, RuntimeError) for error in result.errors or []):
            raise RuntimeError("the secret of the table")
        if result.data is None and result.errors:
            return refused(result.errors)
        return GraphQLResponse(orjson.dumps(result.formatted), headers={"x-cost": "3"})

    async def subscribe(
        self, request: GraphQLRequest, viewer: str, *, allow_mutation: bool = True
    ) -> AsyncIterator[bytes] | GraphQLResponse:
        try:
            document = parse(request.query)
        except GraphQLError as error:
            return refused([error])
        errors = validate(SCHEMA, document)
        if errors:
            return refused(errors)
        operation = get_operation_ast(document, request.operation_name)
        if operation is None or operation.operation is not OperationType.SUBSCRIPTION:
            return await self.execute(request, viewer, allow_mutation=allow_mutation)
        after = int(str((request.extensions or {}).get("after", "0")))
        stream = subscribe(
            SCHEMA, document, Root(self, viewer, after), variable_values=dict(request.variables or {})
        )
        if isawaitable(stream):
            stream = await stream
        if isinstance(stream, ExecutionResult):
            return refused(stream.errors or [])
        return self._numbered(stream, after)

    async def _numbered(self, stream: AsyncIterator[ExecutionResult], after: int) -> AsyncIterator[bytes]:
        self.begun += 1
        try:
            async for result in stream:
                after += 1
                self.produced += 1
                yield orjson.dumps({**result.formatted, "extensions": {"cursor": str(after)}})
        finally:
            self.cancelled += 1


class Root:
    """The resolvers of the schema."""

    def __init__(self, engine: NumberEngine, viewer: str, after: int = 0) -> None:
        self._engine = engine
        self._viewer = viewer
        self._after = after
        self.hello = "سلام"
        self.wide = "x" * 1_000_000

    def viewer(self, _: object) -> str:
        return self._viewer

    def echo(self, _: object, text: str | None = None) -> str | None:
        return text

    def touch(self, _: object) -> int:
        self._engine.touched += 1
        return self._engine.touched

    async def slow(self, _: object, seconds: float) -> str:
        self._engine.begun += 1
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            self._engine.cancelled += 1
            raise
        return "done"

    def broken(self, _: object) -> str:
        raise RuntimeError("the secret of the table")

    async def numbers(self, _: object, to: int, pause: float = 0) -> AsyncIterator[dict[str, int]]:
        for number in range(self._after + 1, to + 1):
            if number > 1:
                await asyncio.sleep(pause)
            yield {"numbers": number}


def refused(errors: list[GraphQLError], status: int = 400) -> GraphQLResponse:
    """Return a request error."""
    return GraphQLResponse(
        orjson.dumps({"errors": [e.formatted for e in errors]}), data_present=False, status=status
    )


revoked: set[str] = set()


async def viewer_of(request: Request) -> str:
    """Know the bearer by the token itself; nobody else may come with the token `stranger`."""
    token = request.headers.get("authorization", "Bearer national").removeprefix("Bearer ")
    if token == "stranger" or token in revoked:
        raise Refusal("UNAUTHENTICATED", "This token is not known.")
    return token


def main() -> None:
    """Serve on a free port and print it; arguments: seconds of drain, heartbeat and grace, port."""
    drain_seconds, heartbeat_seconds = float(sys.argv[1]), float(sys.argv[2])
    graceful_seconds, port = int(sys.argv[3]), int(sys.argv[4])
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    lifecycle = Lifecycle()
    limits = LiveLimits(heartbeat_seconds=heartbeat_seconds, initialisation_seconds=0.5)
    options = DoorOptions(live_limits=limits)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    app = create_app(NumberEngine(), viewer_of, options, lifecycle)
    server = make_server(app, lifecycle, drain_seconds=drain_seconds, graceful_seconds=graceful_seconds)
    print(listener.getsockname()[1], flush=True)  # noqa: T201 - the test reads it
    uvloop.run(server.serve(sockets=[listener]))


if __name__ == "__main__":
    main()
