"""The public schema: queries from the declared entities, mutations from their registry."""

from __future__ import annotations

import gc
import importlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Optional

import strawberry
from graphql import GraphQLInputObjectType
from strawberry.annotation import StrawberryAnnotation
from strawberry.schema.config import StrawberryConfig
from strawberry.types.arguments import StrawberryArgument
from strawberry.utils.str_converters import to_camel_case

from schema import graph as words
from schema.answers import Problem
from schema.making import field_of, list_of, made_of, make_object, optional
from services.graphql.compiler.catalog import Catalog, build_catalog, with_figures
from services.graphql.compiler.roots import Root
from services.graphql.compiler.scalars import as_code
from services.graphql.mutations.registry import MUTATIONS, discover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import GraphQLSchema
    from strawberry.types.field import StrawberryField

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

_ARGUMENTS: Final = {
    "id": "The global id, as in an earlier answer.",
    "ids": "The global ids; the answer keeps their order.",
    "slug": "The name in addresses.",
    "iso_code": "The code, such as `IR-15`.",
    "after": "Only what happened after this cursor of `changes`.",
    "types": "Only events of these types, such as `phase.started`; of all unless given.",
    "input": "What the command needs, with an optional revision and idempotency key.",
}


@dataclass(frozen=True, slots=True)
class Contract:
    """What the code offers: for the compiler, for Strawberry and for graphql-core."""

    catalog: Catalog
    roots: dict[str, Root]
    strawberry_schema: strawberry.Schema
    schema: GraphQLSchema


@cache
def contract_of_the_code() -> Contract:
    """Build the contract, once for a process: it is the same for every engine."""
    with _undisturbed():
        import_nouns()
        discover()
        catalog, roots = build_catalog_of_contract(), build_roots()
        made = build_contract(MUTATIONS)
        return Contract(catalog, roots, made, graphql_core(made))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Build what lives as long as the process without the garbage collector walking over it again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


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
            "lookup", target, argument=to_camel_case(column), column=column, convert=as_code
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
    fields = []
    for entity in words.ENTITIES.values():
        if not entity.root:
            continue
        target = f"{entity.graph.__module__.split('.')[1]}.{entity.name}"
        connection = words.lazy(f"{target}Connection")
        described = f"Every {entity.name} within your scope."
        arguments = words.connection_arguments(target)
        fields.append(field_of(_snake(entity.plural), connection, described, arguments=arguments))
        described = f"One {entity.name} by its id; null if there is none."
        fields.append(_by(singular(entity.plural), entity.graph, "id", strawberry.ID, described))
    for name, (target, _, described) in _VIEWERS.items():
        fields.append(field_of(name, optional(words.ENTITIES[target].graph), described))
    described = "What happened within your scope since a cursor."
    arguments = words.connection_arguments("history.Event")
    fields.append(field_of("changes", words.lazy("history.EventConnection"), described, arguments=arguments))
    for name, (target, column, described) in _LOOKUPS.items():
        fields.append(_by(name, words.ENTITIES[target].graph, column, str, described))
    fields.append(_by("node", words.Node, "id", strawberry.ID, "Anything by its id; null if there is none."))
    described = "Several things by their ids, in that order."
    arguments = [_argument("ids", list[strawberry.ID])]
    fields.append(field_of("nodes", list_of(optional(words.Node)), described, arguments=arguments))
    for name, graph in root_figures().items():
        fields.append(field_of(_snake(name), graph, graph.__doc__ or ""))
    return made_of("Query", __name__, fields, "What can be read; each within your scope.")


def _by(name: str, target: type, argument: str, kind: object, description: str) -> StrawberryField:
    """Return a field that finds one thing by one argument."""
    return field_of(name, optional(target), description, arguments=[_argument(argument, kind)])


def _argument(name: str, annotation: object) -> StrawberryArgument:
    return StrawberryArgument(
        python_name=name,
        graphql_name=None,
        type_annotation=StrawberryAnnotation(annotation),
        description=_ARGUMENTS[name],
    )


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def build_contract(mutations: dict[str, Mutation], *, alphabetical: bool = False) -> strawberry.Schema:
    """Build the Strawberry schema: the source of types, validation, introspection and mutations.

    Alphabetical order is for the printed contract; it costs a copy of every type.
    """
    return strawberry.Schema(
        query=_query(),
        mutation=_mutation(mutations) if mutations else None,
        subscription=_subscription(),
        types=[entity.graph for entity in words.ENTITIES.values()],
        config=StrawberryConfig(disable_field_suggestions=True, sort_schema=alphabetical),
    )


def _subscription() -> type:
    field = field_of(
        "events",
        words.ENTITIES["Event"].graph,
        "What happens within your scope, from now on or from after a cursor of `changes`.",
        arguments=[_argument("after", Optional[str]), _argument("types", Optional[list[str]])],
    )
    field.is_subscription = True
    return made_of("Subscription", __name__, [field], "What is told when it happens.")


def _mutation(mutations: dict[str, Mutation]) -> type:
    fields = [
        field_of(
            mutation.python_name,
            payload_of(mutation),
            mutation.description,
            arguments=[_argument("input", mutation.input)],
        )
        for mutation in mutations.values()
    ]
    return made_of("Mutation", __name__, fields, "What can be done; rules decide.")


def payload_field(target: str) -> str:
    """Return the name under which a payload shows its entity: `phase`, `project`."""
    return singular(words.ENTITIES[target].plural)


def payload_name(mutation: Mutation) -> str:
    """Return the name of a mutation's payload type."""
    return f"{mutation.name[0].upper()}{mutation.name[1:]}Payload"


def payload_of(mutation: Mutation) -> type:
    """Make the payload type of a mutation: the entity, the problems, the warnings."""
    problems = list_of(Problem)
    parts = {
        _snake(payload_field(mutation.target)): (
            optional(words.ENTITIES[mutation.target].graph),
            "What was changed; the current state when STALE; null when refused.",
        ),
        "problems": (problems, "Why nothing changed; empty when it did."),
        "warnings": (problems, "What to mind although it was accepted."),
    }
    return make_object(payload_name(mutation), __name__, parts, f"The answer to `{mutation.name}`.")


def graphql_core(schema: strawberry.Schema) -> GraphQLSchema:
    """Return the graphql-core schema inside a Strawberry schema.

    Strawberry keeps to itself which inputs are one-of; graphql-core's own validation asks the type.
    """
    core = schema._schema  # noqa: SLF001 - Strawberry has no public name for it
    for type_ in core.type_map.values():
        if isinstance(type_, GraphQLInputObjectType):
            type_.is_one_of = bool(getattr(type_.extensions.get("strawberry-definition"), "is_one_of", False))
    return core
