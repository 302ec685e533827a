"""What each root field reads: a connection, one object by id or by key, any node, statistics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from services.graphql.compiler.scalars import as_parameter

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Root:
    """A root field: what kind of reading, of which type, by which argument and column."""

    kind: Literal["connection", "single", "lookup", "viewer", "node", "nodes", "group"]
    target: str
    argument: str = "id"
    column: str = "id"
    convert: Callable[[object], object] = as_parameter
