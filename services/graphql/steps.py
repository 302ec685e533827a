"""The step of an operation in the trace of its request, between HTTP and SQL."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

from services.tracing import span, wanted

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from graphql.language import OperationDefinitionNode

_NONE: Final = nullcontext()


def step_of(operation: OperationDefinitionNode) -> AbstractContextManager[object]:
    """Make the step a query takes; without a collector nothing is made."""
    if not wanted(None):
        return _NONE
    kind = operation.operation.value
    name = operation.name.value if operation.name else "anonymous"
    return span(f"{kind} {name}", graphql__operation__type=kind, graphql__operation__name=name)
