"""The public schema: queries from the declared entities, mutations from their registry."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Optional

import strawberry
from graphql import GraphQLInputObjectType
from strawberry.annotation import StrawberryAnnotation
from strawberry.schema.config import StrawberryConfig
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_camel_case

from schema import graph as words
from schema.answers import Problem
from services.graphql.compiler.catalog import Catalog, build_catalog, with_figures
from services.graphql.compiler.roots import Root
from services.graphql.compiler.scalars import as_parameter

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from services.graphql.mutations.registry import Mutation

_SCHEMA: Final = Path(__file__).resolve().parents[2] / "schema"
_LOOKUPS: Final = {
    "cluster_by_slug": ("Cluster", "slug", "The cluster with this slug."),
    "province_by_iso_code": ("Province", "iso_code", "The province with this current ISO 3166-2 code."),
}
_VIEWERS: Final = {
    "viewer": ("User", "user", "The user who asks; null for a token of a partner agency."),
    "viewer_agency": ("PartnerAgency", "agency", "The partner agency that asks; null for users."),
}


def import_nouns() -> None:
    """Import every noun's public types, so that all entities are declared."""
    for path in sorted(_SCHEMA.glob("*/graph.py")):
        importlib.import_module(f"schema.{path.parent.name}.graph")


def build_roots() -> dict[str, Root]:
    """Return what every root field reads, by its name in the API."""
    roots = {"node": Root("node", "Node"), "nodes": Root("nodes", "Node")}
    for entity in words.ENTITIES.values():
        if entity.root:
            roots[entity.plural] = Root("connection", entity.name)
            roots[singular(entity.plural)] = Root("single", entity.name)
    roots["changes"] = Root("connection", "Event")
    for name, (target, value, _) in _VIEWERS.items():
        roots[to_camel_case(name)] = Root("viewer", target, argument=value)
    for name, (target, column, _) in _LOOKUPS.items():
        roots[to_camel_case(name)] = Root(
            "lookup", target, argument=to_camel_case(column), column=column, convert=as_parameter
        )
    for name, graph in root_figures().items():
        roots[name] = Root("group", graph.__name__)
    return roots


def root_figures() -> dict[str, type]:
    """Return the figures that stand at the root, by field name."""
    from schema.programme.graph import ProgrammeStatistics  # noqa: PLC0415 - after every noun is imported

    return {"programmeStatistics": ProgrammeStatistics}


def singular(plural: str) -> str:
    """Return the singular of a root field's name."""
    return f"{plural[:-3]}y" if plural.endswith("ies") else plural[:-1]


def build_catalog_of_contract() -> Catalog:
    """Return the catalog with the figures of the root, refusing contradictions."""
    return with_figures(build_catalog(), *root_figures().values()).require_sound()


def _query() -> type:
    namespace: dict[str, Any] = {"__module__": __name__}
    for entity in words.ENTITIES.values():
        if not entity.root:
            continue
        target = f"{entity.graph.__module__.split('.')[1]}.{entity.name}"
        connection = _field(words.lazy(f"{target}Connection"), f"Every {entity.name} within your scope.")
        connection.arguments = words.connection_arguments(target)
        namespace[_snake(entity.plural)] = connection
        namespace[_snake(singular(entity.plural))] = _by(
            entity.graph, "id", strawberry.ID, f"One {entity.name} by its id; null if there is none."
        )
    for name, (target, _, description) in _VIEWERS.items():
        namespace[name] = _field(Optional[words.ENTITIES[target].graph], description)
    changes = _field(words.lazy("history.EventConnection"), "What happened within your scope since a cursor.")
    changes.arguments = words.connection_arguments("history.Event")
    namespace["changes"] = changes
    for name, (target, column, description) in _LOOKUPS.items():
        namespace[name] = _by(words.ENTITIES[target].graph, column, str, description)
    namespace["node"] = _by(words.Node, "id", strawberry.ID, "Anything by its id; null if there is none.")
    nodes = _field(list[Optional[words.Node]], "Several things by their ids, in that order.")
    nodes.arguments = [_argument("ids", list[strawberry.ID])]
    namespace["nodes"] = nodes
    for name, graph in root_figures().items():
        namespace[_snake(name)] = _field(graph, graph.__doc__ or "")
    return strawberry.type(
        type("Query", (), namespace), description="What can be read; each within your scope."
    )


def _by(graph: Any, argument: str, kind: Any, description: str) -> StrawberryField:
    field = _field(Optional[graph], description)
    field.arguments = [_argument(argument, kind)]
    return field


def _field(annotation: object, description: str) -> StrawberryField:
    return StrawberryField(description=description, type_annotation=StrawberryAnnotation(annotation))


def _argument(name: str, annotation: object) -> StrawberryArgument:
    return StrawberryArgument(
        python_name=name, graphql_name=None, type_annotation=StrawberryAnnotation(annotation)
    )


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def build_contract(mutations: dict[str, Mutation]) -> strawberry.Schema:
    """Build the Strawberry schema: the source of types, validation, introspection and mutations."""
    return strawberry.Schema(
        query=_query(),
        mutation=_mutation(mutations) if mutations else None,
        subscription=_subscription(),
        types=[entity.graph for entity in words.ENTITIES.values()],
        config=StrawberryConfig(disable_field_suggestions=True, sort_schema=True),
    )


def _subscription() -> type:
    field = StrawberryField(
        description="What happens within your scope, from now on or from after a cursor of `changes`.",
        type_annotation=StrawberryAnnotation(words.ENTITIES["Event"].graph),
        is_subscription=True,
    )
    field.arguments = [
        _argument("after", Optional[str]),
        _argument("types", Optional[list[str]]),
    ]
    namespace = {"__module__": __name__, "events": field}
    return strawberry.type(type("Subscription", (), namespace), description="What is told when it happens.")


def _mutation(mutations: dict[str, Mutation]) -> type:
    namespace: dict[str, Any] = {"__module__": __name__}
    for mutation in mutations.values():
        field = _field(payload_of(mutation), mutation.description)
        field.arguments = [_argument("input", mutation.input)]
        namespace[mutation.python_name] = field
    return strawberry.type(type("Mutation", (), namespace), description="What can be done; rules decide.")


def payload_field(target: str) -> str:
    """Return the name under which a payload shows its entity: `phase`, `project`."""
    return singular(words.ENTITIES[target].plural)


def payload_name(mutation: Mutation) -> str:
    """Return the name of a mutation's payload type."""
    return f"{mutation.name[0].upper()}{mutation.name[1:]}Payload"


def payload_of(mutation: Mutation) -> type:
    """Make the payload type of a mutation: the entity, the problems, the warnings."""
    shown = _snake(payload_field(mutation.target))
    target = words.ENTITIES[mutation.target].graph
    namespace: dict[str, Any] = {
        "__module__": __name__,
        shown: _field(Optional[target], "What was changed; the current state when STALE; null when refused."),
        "problems": _field(list[Problem], "Why nothing changed; empty when it did."),
        "warnings": _field(list[Problem], "What to mind although it was accepted."),
    }
    made = type(payload_name(mutation), (), namespace)
    return strawberry.type(made, description=f"The answer to `{mutation.name}`.")


def graphql_core(schema: strawberry.Schema) -> GraphQLSchema:
    """Return the graphql-core schema inside a Strawberry schema.

    Strawberry keeps to itself which inputs are one-of; graphql-core's own validation asks the type.
    """
    core = schema._schema  # noqa: SLF001 - Strawberry has no public name for it
    for type_ in core.type_map.values():
        if isinstance(type_, GraphQLInputObjectType):
            type_.is_one_of = bool(getattr(type_.extensions.get("strawberry-definition"), "is_one_of", False))
    return core
