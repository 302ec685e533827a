"""What crosses the door of the GraphQL service: request, response, refusal, and the shape of the engine."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

import orjson

from services.graphql.codes import status_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

ViewerT = TypeVar("ViewerT")
ViewerT_contra = TypeVar("ViewerT_contra", contravariant=True)

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The identifier of the HTTP request being served, for audit rows and log lines."""


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """One GraphQL request, whatever transport it came by."""

    query: str
    operation_name: str | None = None
    variables: Mapping[str, object] | None = None
    extensions: Mapping[str, object] | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class GraphQLResponse:
    """The finished JSON document and what HTTP needs to know about it."""

    body: bytes
    data_present: bool = True
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Refusal(Exception):
    """A request the door does not let in; it becomes an answer with one GraphQL error, never a traceback."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        headers: Mapping[str, str] | None = None,
        extensions: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status_of(code)
        self.code = code
        self.message = message
        self.headers = headers or {}
        self.extensions = extensions or {}

    def errors(self) -> list[dict[str, object]]:
        """Return the refusal as the list of GraphQL errors."""
        return [{"message": self.message, "extensions": {"code": self.code, **self.extensions}}]

    def response(self) -> GraphQLResponse:
        """Return the refusal as a response without data."""
        body = orjson.dumps({"errors": self.errors()})
        return GraphQLResponse(body=body, data_present=False, status=self.status, headers=self.headers)


class GraphQLEngine(Protocol[ViewerT_contra]):
    """What the door needs of the engine; a test may stand in for it with a small schema of its own."""

    async def execute(
        self, request: GraphQLRequest, viewer: ViewerT_contra, *, allow_mutation: bool = True
    ) -> GraphQLResponse:
        """Execute a query or a mutation."""

    async def subscribe(
        self, request: GraphQLRequest, viewer: ViewerT_contra, *, allow_mutation: bool = True
    ) -> AsyncIterator[bytes] | GraphQLResponse:
        """Open a stream of results, or answer at once when there is only one result or a request error.

        A result that can be resumed from carries its cursor in `extensions.cursor`; a client that comes back
        gives it in the request's `extensions.after`.
        """
