"""The least a mutation can be asked with, and whose id it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, GraphQLScalarType

from schema.graph import ENTITIES
from schema.identity import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping


def fill(kind: Any, given: Mapping[str, Any], depth: int = 0) -> Any:
    """Make the least input of a type: required fields only, each with a value that can be coerced."""
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    if isinstance(kind, GraphQLList):
        return [fill(kind.of_type, {}, depth + 1)]
    if isinstance(kind, GraphQLInputObjectType):
        made = {
            name: fill(field.type, {}, depth + 1)
            for name, field in kind.fields.items()
            if isinstance(field.type, GraphQLNonNull) and name not in given
        }
        return {**made, **{name: value for name, value in given.items() if name in kind.fields}}
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    assert isinstance(kind, GraphQLScalarType)
    return {"Int": 1, "Float": 1.0, "Boolean": True, "Date": "2026-11-01", "ID": f"Cluster_{new_id()}"}.get(
        kind.name, "1"
    )


def takes_an_id(kind: GraphQLInputObjectType) -> bool:
    """Tell whether a command names something that exists; others would be accepted here."""
    return any(
        isinstance(field.type, GraphQLNonNull) and field.type.of_type.name == "ID"
        for field in kind.fields.values()
        if not isinstance(getattr(field.type, "of_type", None), GraphQLList)
    )


# These make something for a thing, whose id they take.
_FOR_ANOTHER: Final = {"addHandoverStep": "ExitProcess", "pingWebhookEndpoint": "WebhookEndpoint"}


def commanded(name: str, target: str, kind: GraphQLInputObjectType) -> str:
    """Return the type whose id a command takes; one that removes something shows what it left."""
    if name in _FOR_ANOTHER:
        return _FOR_ANOTHER[name]
    named = name.removeprefix("remove").removeprefix("withdraw")
    by_itself = f"{named[0].lower()}{named[1:]}"
    # A part that is named beside its whole, as `participantId` is, leaves `id` to the whole.
    beside = any(
        field.endswith("Id") and by_itself.lower().endswith(field[:-2].lower()) for field in kind.fields
    )
    return named if named in ENTITIES and not beside else target
