"""Where the value of a parameter comes from: an argument of the document, or the one who asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError, get_argument_values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphql import FieldNode, GraphQLField
    from graphql.execution.values import VariableValues


class InputRefused(Exception):
    """A value cannot be used; the message names the remedy, `code` goes to `extensions.code`."""

    def __init__(self, message: str, code: str = "BAD_USER_INPUT") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, eq=False)
class Arguments:
    """The arguments of one field of the document, coerced anew for every request that has variables."""

    field: GraphQLField
    node: FieldNode

    def read(self, variables: VariableValues) -> dict[str, Any]:
        """Coerce the arguments with the request's variables."""
        if not self.node.arguments:
            return {}
        return get_argument_values(self.field, self.node, variables)


@dataclass(frozen=True, slots=True)
class ArgumentSlot:
    """A value inside an argument, and how it becomes a parameter."""

    arguments: Arguments
    path: tuple[str | int, ...]
    convert: Callable[[Any], Any]

    def value(self, arguments: Mapping[str, Any]) -> object:
        """Read and convert the value.

        Raises:
            GraphQLError: the value cannot be used; positioned at the field.
        """
        found: Any = arguments
        for step in self.path:
            if found is None:
                break
            found = found.get(step) if isinstance(step, str) else found[step]
        try:
            return self.convert(found)
        except InputRefused as refusal:
            raise located(refusal, self.arguments.node) from refusal


@dataclass(frozen=True, slots=True)
class ContextSlot:
    """A value that belongs to the request and not to the document: today, the viewer's reach."""

    name: str


Slot = ArgumentSlot | ContextSlot


def located(refusal: InputRefused, node: FieldNode) -> GraphQLError:
    """Turn a refusal into an error at the place in the document it is about."""
    return GraphQLError(str(refusal), nodes=[node], extensions={"code": refusal.code})
