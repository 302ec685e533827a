"""Lets an engine without subscriptions serve the live transports: each operation has one result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from schema.viewers import Viewer
    from services.graphql.exchange import GraphQLRequest, GraphQLResponse


class Answering(Protocol):
    """An engine that answers."""

    async def execute(
        self, request: GraphQLRequest, viewer: Viewer, *, allow_mutation: bool = True
    ) -> GraphQLResponse:
        """Execute a query or a mutation."""


class SingleResults:
    """Answers what comes over a WebSocket or an event stream as it answers HTTP."""

    def __init__(self, engine: Answering) -> None:
        self._engine = engine

    async def execute(
        self, request: GraphQLRequest, viewer: Viewer, *, allow_mutation: bool = True
    ) -> GraphQLResponse:
        """Execute a query or a mutation."""
        return await self._engine.execute(request, viewer, allow_mutation=allow_mutation)

    async def subscribe(
        self, request: GraphQLRequest, viewer: Viewer, *, allow_mutation: bool = True
    ) -> GraphQLResponse:
        """Answer at once; the engine itself refuses subscriptions."""
        return await self._engine.execute(request, viewer, allow_mutation=allow_mutation)
