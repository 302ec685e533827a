"""The words in which a noun declares its public type: columns, relations, computed fields.

`@entity` turns a class of such declarations into a Strawberry type and derives from it the filter,
the order and the connection. The compiler's catalog is built from the same declarations, so a new
field is one line and costs no code.
"""

from __future__ import annotations

import datetime
import sys
from typing import TYPE_CHECKING, Any, Final, Optional, TypeVar

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from schema.answers import PermittedAction
from schema.declaration import Column, Decided, Declaration, Derived, Entity, Many, One
from schema.making import later, list_of, optional, read_annotations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tortoise import Model

    from schema.decision import Permission
    from schema.facts import Facts
    from schema.scopes import Restriction, Scope

DECLARATION: Final = "khoosheh"


ENTITIES: Final[dict[str, Entity]] = {}
"""Every entity by the name of its public type, in order of declaration."""


def column(
    description: str,
    *,
    sql: str | None = None,
    search: str | None = None,
    sort: str | None = None,
    restricted: Restriction | None = None,
    filterable: bool = True,
    orderable: bool = True,
    deprecated: str | None = None,
) -> Any:
    """Declare a scalar; without `sql` it is the row's column of the same name."""
    return strawberry.field(
        description=description,
        deprecation_reason=deprecated,
        metadata={DECLARATION: Column(sql, search, sort, restricted, filterable, orderable)},
    )


def name_column(description: str, column_name: str) -> Any:
    """Declare a name in either language: searched by its folded key, sorted in Persian order."""
    return column(description, search=f"{column_name}_norm", sort=f"{column_name}_order")


def code_column(description: str, column_name: str, *, restricted: Restriction | None = None) -> Any:
    """Declare a number or code as people write it: found in whatever digits, letters and spaces it is asked for."""
    return column(description, search=f"{column_name}_norm", restricted=restricted, orderable=False)


def text_column(description: str, column_name: str) -> Any:
    """Declare a long text: searched by its folded key, not sorted by."""
    return column(description, search=f"khoosheh_squash({{t}}.{column_name})", orderable=False)


def one(target: str, description: str, *, near: str, far: str = "id", required: bool = True) -> Any:
    """Declare a relation to one `noun.Type`; `required` only where scope cannot hide it."""
    annotation = lazy(target)
    return _field(
        description,
        annotation if required else optional(annotation),
        One(*_split(target), near, far),
    )


def many(
    target: str,
    description: str,
    *,
    far: str = "",
    near: str = "id",
    through: str | None = None,
    through_near: str | None = None,
    through_far: str | None = None,
) -> Any:
    """Declare a connection to many `noun.Type`, paged, filtered and ordered."""
    field = _field(
        description,
        lazy(f"{target}Connection"),
        Many(*_split(target), far, near, through, through_near, through_far),
    )
    field.arguments = connection_arguments(target)
    return field


def few(target: str, description: str, *, far: str, near: str = "id", where: str | None = None) -> Any:
    """Declare a short list of `noun.Type` that needs no paging, in the type's first order."""
    return _field(
        description,
        list_of(lazy(target)),
        Many(*_split(target), far, near, where=where, paged=False),
    )


def derived(target: str, description: str, *, sql: str, single: bool = False) -> Any:
    """Declare computed rows of a `noun.Type` made with `@figures`."""
    annotation = lazy(target)
    return _field(
        description,
        annotation if single else list_of(annotation),
        Derived(_split(target)[1], sql, many=not single),
    )


def permitted(facts: Facts[Any], rule: Callable[..., tuple[Permission, ...]]) -> Any:
    """Declare `permittedActions`: the rule gets the facts of the row and `today`."""
    return _field(
        "Which mutations are open on this now, and why the others are not.",
        list[PermittedAction],
        Decided(facts, rule),
    )


@strawberry.interface(description="Anything with a global id, to be fetched again by `node(id:)`.")
class Node:
    """Relay's node: the only polymorphism of the schema."""

    id: strawberry.ID = column("The global id; opaque, stable, usable with `node(id:)`.")


_Type = TypeVar("_Type", bound=type)


def entity(
    row: type[Model],
    *,
    scope: Scope,
    plural: str,
    order: tuple[str, ...] = (),
    root: bool = True,
) -> Callable[[_Type], _Type]:
    """Declare a public type over a table; derives filter, order, edge and connection beside it."""
    from schema.derivation import derive  # noqa: PLC0415 - the derived types need this module first

    def declare(graph: _Type) -> _Type:
        _record(graph, row)
        read_annotations(graph)
        made = strawberry.type(graph, description=graph.__doc__)
        ENTITIES[made.__name__] = Entity(made.__name__, made, row, scope, plural, order, root)
        derive(made)
        return made

    return declare


def figures(graph: _Type) -> _Type:
    """Declare a type of computed rows: figures without identity, made by a `derived` field."""
    read_annotations(graph)
    return strawberry.type(graph, description=graph.__doc__)


def declarations(graph: type) -> Mapping[str, tuple[StrawberryField, Declaration]]:
    """Return every declared field of a type by its Python name."""
    fields = graph.__strawberry_definition__.fields  # type: ignore[attr-defined]
    return {
        field.python_name: (field, field.metadata[DECLARATION])
        for field in fields
        if DECLARATION in field.metadata
    }


def connection_arguments(target: str) -> list[StrawberryArgument]:
    """Return the arguments of every connection: keyset paging, filter and order."""
    listed = list_of(lazy(f"{target}Order"))
    return [
        _argument("first", Optional[int], "At most this many from the start (1 to 100, 20 unless told)."),
        _argument("after", Optional[str], "Only those after this cursor."),
        _argument("last", Optional[int], "At most this many from the end (1 to 100)."),
        _argument("before", Optional[str], "Only those before this cursor."),
        _argument("filter", optional(lazy(f"{target}Filter")), "Only those that meet this condition."),
        _argument("order_by", optional(listed), "The order; the id decides between equals."),
    ]


def publish(module: str, made: type) -> None:
    """Make a derived type reachable by its name in the module of the noun it belongs to."""
    setattr(sys.modules[module], made.__name__, made)


def _record(graph: type, row: type[Model]) -> None:
    """Give a type the columns that every row has, so that no noun repeats them."""
    columns = row._meta.fields_map
    for name, kind, description in _RECORDED:
        if name in columns and name not in graph.__annotations__:
            graph.__annotations__[name] = kind
            setattr(graph, name, column(description))
    if "revision" in columns and not hasattr(graph, "history"):
        graph.history = many("history.AuditEntry", "Who changed what of it, and when.", far="entity_id")  # type: ignore[attr-defined]


_RECORDED: Final = (
    ("is_sample", bool, "Whether this is invented for demonstration (names or day-level dates)."),
    ("revision", int, "Rises with every change; pass it as `expectedRevision` when editing."),
    ("created_at", datetime.datetime, "When this was entered."),
)


def _argument(name: str, annotation: object, description: str) -> StrawberryArgument:
    return StrawberryArgument(
        python_name=name,
        graphql_name=None,
        type_annotation=StrawberryAnnotation(annotation),
        description=description,
    )


def _field(description: str, annotation: object, declaration: Declaration) -> StrawberryField:
    return StrawberryField(
        description=description,
        type_annotation=StrawberryAnnotation(annotation),
        metadata={DECLARATION: declaration},
    )


def _split(target: str) -> tuple[str, str]:
    noun, name = target.rsplit(".", 1)
    return noun, name


def lazy(target: str) -> Any:
    """Return a type that exists only once every module is imported."""
    noun, name = _split(target)
    return later(name, f"schema.{noun}.graph")
