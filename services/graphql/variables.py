"""Coerces the variables of an operation: plain ones at a glance, all others as graphql-core does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphql import GraphQLNonNull, get_variable_values
from graphql.execution.get_variable_signature import GraphQLVariableSignature, get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource

from services.graphql.failures import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLSchema
    from graphql.language import OperationDefinitionNode

# What comes out of JSON as it has to go in; an Int has a range and an ID may be a number, so those that
# are not text are left to graphql-core.
_PLAIN: Final = {"ID": str, "String": str, "Boolean": bool}
_ERRORS_SHOWN: Final = 10


class VariableReader:
    """Reads the variables of one operation for every request that executes it."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        self._schema = schema
        self._definitions = operation.variable_definitions or ()
        self._plain = self._plain_signatures()

    def read(self, given: Mapping[str, object] | None) -> VariableValues:
        """Coerce what a request gives.

        Raises:
            Refused: a variable is missing or has the wrong type.
        """
        given = given or {}
        sources: dict[str, VariableValueSource] = {}
        coerced: dict[str, object] = {}
        for name, (signature, kind) in self._plain.items():
            value = given.get(name)
            if type(value) is not kind:
                return self._all(given)
            sources[name] = VariableValueSource(signature, value)
            coerced[name] = value
        if len(coerced) < len(self._definitions):
            return self._all(given)
        return VariableValues(sources, coerced)

    def _all(self, given: Mapping[str, object]) -> VariableValues:
        found = get_variable_values(
            self._schema, self._definitions, dict(given), max_errors=_ERRORS_SHOWN, hide_suggestions=True
        )
        if isinstance(found, list):
            raise Refused.of(found, "BAD_USER_INPUT")
        return found

    def _plain_signatures(self) -> dict[str, tuple[GraphQLVariableSignature, type]]:
        signatures: dict[str, tuple[GraphQLVariableSignature, type]] = {}
        for definition in self._definitions:
            signature = get_variable_signature(self._schema, definition)
            if not isinstance(signature, GraphQLVariableSignature):
                continue
            type_ = signature.type.of_type if isinstance(signature.type, GraphQLNonNull) else signature.type
            kind = _PLAIN.get(str(type_))
            if kind is not None:
                signatures[signature.name] = signature, kind
        return signatures
