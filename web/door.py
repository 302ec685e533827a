"""The one door: execute documents in this process as the signed-in viewer, and read the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import orjson

from services.graphql import GraphQLRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schema.viewers import Viewer
    from services.graphql import GraphQLResponse
    from web.documents import Document, Operation
    from web.session import SignedIn


class Engine(Protocol):
    """What the pages need of the GraphQL engine."""

    async def execute(
        self, request: GraphQLRequest, viewer: Viewer, *, trusted: bool = False
    ) -> GraphQLResponse:
        """Execute one operation; trusted documents are our own and have no limits."""


class Refused(Exception):
    """The door answered with errors instead of data; `code` is that of the first."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Door:
    """Executes queries and mutations of documents."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    async def query(
        self, document: Document, variables: Mapping[str, object], signed_in: SignedIn
    ) -> dict[str, Any]:
        """Execute the query of a document and return its data."""
        if document.query is None:
            return {}
        return await self._execute(document, document.query, variables, signed_in)

    async def submit(
        self, document: Document, values: Mapping[str, object], signed_in: SignedIn
    ) -> dict[str, Any]:
        """Execute the mutation of a document and return its payload."""
        if document.mutation is None:
            raise LookupError(f"{document.name}.graphql has no mutation")
        data = await self._execute(document, document.mutation, {"input": values}, signed_in)
        payload: dict[str, Any] = data[document.mutation.root_field]
        return payload

    async def _execute(
        self, document: Document, operation: Operation, variables: Mapping[str, object], signed_in: SignedIn
    ) -> dict[str, Any]:
        request = GraphQLRequest(document.text, operation.name, variables, None)
        response = await self.engine.execute(request, signed_in.viewer, trusted=True)
        answer = orjson.loads(response.body)
        errors = answer.get("errors")
        if errors:
            code = str(errors[0].get("extensions", {}).get("code", "INTERNAL"))
            raise Refused(code, f"{operation.name}: {errors[0].get('message')}")
        data: dict[str, Any] = answer["data"]
        return data
