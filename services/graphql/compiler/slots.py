"""Where the value of a parameter comes from: an argument of the document, or the one who asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError, ListValueNode, ObjectValueNode, VariableNode, get_argument_values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphql import ArgumentNode, FieldNode, GraphQLField
    from graphql.execution.values import VariableValues


class InputRefused(Exception):
    """A value cannot be used; the message names the remedy, `code` goes to `extensions.code`."""

    def __init__(self, message: str, code: str = "BAD_USER_INPUT") -> None:
        super().__init__(message)
        self.code = code


class Arguments:
    """The arguments of one field of the document, coerced anew for every request that has variables."""

    __slots__ = ("_constant", "_given", "field", "node")

    def __init__(self, field: GraphQLField, node: FieldNode) -> None:
        self.field = field
        self.node = node
        self._constant: Mapping[str, Any] | None = None
        self._given: tuple[tuple[str, str], ...] = ()

    def read(self, variables: VariableValues) -> Mapping[str, Any]:
        """Coerce the arguments with the request's variables.

        Where a variable is the whole argument its value is coerced already, and what holds no variable is
        the same for every request: after the first time only the former is looked at.
        """
        if self._constant is not None:
            coerced = variables.coerced
            if all(coerced.get(variable) is not None for _, variable in self._given):
                return {**self._constant, **{name: coerced[variable] for name, variable in self._given}}
        found = get_argument_values(self.field, self.node, variables)
        if self._constant is None and all(map(_is_plain, self.node.arguments or ())):
            self._given = tuple(
                (
                    self.field.args[argument.name.value].out_name or argument.name.value,
                    argument.value.name.value,
                )
                for argument in self.node.arguments or ()
                if isinstance(argument.value, VariableNode)
            )
            given = {name for name, _ in self._given}
            self._constant = {name: value for name, value in found.items() if name not in given}
        return found


def _is_plain(argument: ArgumentNode) -> bool:
    """Return whether an argument is a variable or a scalar, and nothing a variable could hide in."""
    return not isinstance(argument.value, ListValueNode | ObjectValueNode)


@dataclass(frozen=True, slots=True, eq=False)
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
