"""The /graphql endpoint: takes GraphQL requests off HTTP and puts finished answers on it."""

from __future__ import annotations

import re
import time
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Generic

from starlette.requests import Request

from services.graphql.body import read_body
from services.graphql.departure import Departures
from services.graphql.event_stream import stream_events
from services.graphql.exchange import GraphQLRequest, GraphQLResponse, Refusal, ViewerT
from services.graphql.journal import note
from services.graphql.negotiation import EVENT_STREAM, JSON, choose_media_type
from services.graphql.protocol import (
    BODY_LIMIT,
    answer,
    refusal_answer,
    request_of_post,
    request_of_query_string,
)

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from services.graphql.live import Live
    from services.graphql.protocol import Headers
    from services.graphql.shared_stream import SharedStreams

BODY_SECONDS = 15.0
COST_HEADER = "x-cost"
# The answer itself, its data, its extensions and the cost in them are no rows.
_ENVELOPE = 4
_OPERATION_NAME = re.compile(r"(?:query|mutation|subscription)\s+([A-Za-z_][A-Za-z0-9_]{0,63})")


class GraphQLDoor(Generic[ViewerT]):
    """An ASGI application for one path; the hot path adds tens of microseconds to what the engine takes."""

    def __init__(
        self, live: Live[ViewerT], shared: SharedStreams[ViewerT], *, body_limit: int = BODY_LIMIT,
        body_seconds: float = BODY_SECONDS,
    ) -> None:  # fmt: skip
        self._live = live
        self._shared = shared
        self._departures = Departures()
        self._body_limit = body_limit
        self._body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        started = time.perf_counter()
        fields = _fields(scope["headers"])
        media_type = choose_media_type(fields.get(b"accept"))
        try:
            if self._shared.concerns(scope, fields):
                await self._shared.serve(
                    scope, fields, partial(self._read, scope, fields, receive), receive, send
                )
                return
            media_type = _acceptable(media_type)
            request = await self._read(scope, fields, receive)
            operation = request.operation_name or _operation_in(request.query)
            note(scope, operation=operation)
            viewer = await self._live.viewer_of(Request(scope))
            if media_type == EVENT_STREAM:
                response = await stream_events(self._live, request, viewer, scope, receive, send)
                if response is None:
                    return
                media_type = JSON
            else:
                response = await self._departures.unless_client_leaves(
                    self._live.engine.execute(request, viewer, allow_mutation=scope["method"] == "POST"),
                    receive,
                )
        except Refusal as refusal:
            status, headers, body = refusal_answer(refusal, media_type)
            self._live.metrics.answered("refused", status, time.perf_counter() - started, data_present=False)
        else:
            status, headers = answer(response, media_type)
            body = response.body
            self._live.metrics.answered(
                operation,
                status,
                time.perf_counter() - started,
                data_present=response.data_present,
                cost=_cost(response),
                rows=rows_in(body),
            )
        _complete(status, headers)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _read(self, scope: Scope, fields: dict[bytes, bytes], receive: Receive) -> GraphQLRequest:
        method = scope["method"]
        if method == "POST":
            body = await read_body(
                receive, fields.get(b"content-length"), limit=self._body_limit, seconds=self._body_seconds
            )
            return request_of_post(fields.get(b"content-type"), fields.get(b"content-encoding"), body)
        if method == "GET":
            return request_of_query_string(scope["query_string"])
        raise Refusal("METHOD_NOT_ALLOWED", "Use POST, or GET for queries.", headers={"allow": "GET, POST"})


def _fields(headers: Headers) -> dict[bytes, bytes]:
    """Return the header fields by name; a field that comes in several lines is one list."""
    fields: dict[bytes, bytes] = {}
    for name, value in headers:
        fields[name] = fields[name] + b"," + value if name in fields else value
    return fields


def _acceptable(media_type: str | None) -> str:
    """Return the negotiated media type, or refuse a client that accepts none of ours."""
    if media_type is None:
        raise Refusal(
            "NOT_ACCEPTABLE",
            "Accept application/graphql-response+json, application/json or text/event-stream.",
        )  # fmt: skip
    return media_type


@lru_cache(maxsize=1024)
def _operation_in(query: str) -> str:
    """Name the operation for logs and figures when the client names it in the document only."""
    found = _OPERATION_NAME.search(query)
    return found.group(1) if found else "anonymous"


def _cost(response: GraphQLResponse) -> float:
    text = response.headers.get(COST_HEADER)
    return float(text) if text and text.isdigit() else 0.0


def rows_in(body: bytes) -> int:
    """Count the objects of an answer without reading it; a text that ends in a brace, which is rare, is one more."""
    return max(0, body.count(b'{"') - _ENVELOPE)


def _complete(status: int, headers: Headers) -> None:
    """Add what HTTP demands with a status and the engine cannot know."""
    if status == 405 and not any(name == b"allow" for name, _ in headers):  # noqa: PLR2004 - a status
        headers.append((b"allow", b"POST"))
    elif status == 401 and not any(name == b"www-authenticate" for name, _ in headers):  # noqa: PLR2004
        headers.append((b"www-authenticate", b"Bearer"))
