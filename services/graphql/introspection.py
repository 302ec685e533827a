"""Answers what a document asks of the schema itself, by graphql-core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphql import DocumentNode, OperationType, execute_sync
from graphql.language import OperationDefinitionNode, SelectionSetNode

from services.graphql.failures import Refused

if TYPE_CHECKING:
    from graphql import GraphQLSchema
    from graphql.execution.values import VariableValues
    from graphql.language import VariableDefinitionNode

    from services.graphql.compiler.selection import Selected
    from services.graphql.documents import Prepared


def introspected(
    schema: GraphQLSchema, prepared: Prepared, variables: VariableValues, selected: Selected
) -> object:
    """Answer one introspection field; the schema does not change, so plans keep the answer.

    Raises:
        Refused: graphql-core finds a fault in what was asked.
    """
    operation = OperationDefinitionNode(
        operation=OperationType.QUERY,
        selection_set=SelectionSetNode(selections=selected.nodes),
        variable_definitions=_definitions(prepared, variables),
    )
    document = DocumentNode(definitions=(operation, *prepared.fragments.values()))
    given = {name: value for name, value in variables.coerced.items() if isinstance(value, bool | str | int)}
    result = execute_sync(schema, document, variable_values=given)
    if result.errors:
        raise Refused.of(result.errors, "BAD_USER_INPUT")
    return (result.data or {})[selected.key]


def _definitions(prepared: Prepared, variables: VariableValues) -> tuple[VariableDefinitionNode, ...] | None:
    """Return the definitions of the variables an operation has, for executing a part of it."""
    for operation in prepared.operations.values():
        names = {definition.variable.name.value for definition in operation.variable_definitions or ()}
        if names >= set(variables.coerced):
            return operation.variable_definitions
    return ()
