"""Errors as the API shows them: a message, a place, a code; never SQL, a path of ours or a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import orjson

from services.graphql.codes import status_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphql import GraphQLError


class Refused(Exception):
    """A request that is not executed; it carries the errors to show."""

    def __init__(self, message: str, code: str, errors: Iterable[dict[str, Any]] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.headers: dict[str, str] = {}
        self.errors = (
            list(errors) if errors is not None else [{"message": message, "extensions": {"code": code}}]
        )

    @classmethod
    def of(cls, errors: Iterable[GraphQLError], code: str) -> Self:
        """Make a refusal from graphql-core's errors."""
        shown = [shown_error(error, code) for error in errors]
        return cls(str(shown[0]["message"]), code, shown)

    @property
    def status(self) -> int:
        """The HTTP status that goes with the code."""
        return status_of(self.code)

    def body(self, **extensions: object) -> bytes:
        """Return the JSON document of the refusal; it has no `data`."""
        document: dict[str, object] = {"errors": self.errors}
        if extensions:
            document["extensions"] = extensions
        return orjson.dumps(document)


def shown_error(error: GraphQLError, code: str) -> dict[str, Any]:
    """Return an error as JSON with its place and a code."""
    shown: dict[str, Any] = {"message": _printable(error.message)}
    if error.locations:
        shown["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path:
        shown["path"] = list(error.path)
    shown["extensions"] = {"code": code, **(error.extensions or {})}
    return shown


def _printable(message: str) -> str:
    """Keep a message short and free of what cannot be encoded."""
    limit = 500
    text = message.encode("utf-8", "replace").decode()
    return text if len(text) <= limit else f"{text[:limit]}…"
