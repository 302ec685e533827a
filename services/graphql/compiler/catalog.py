"""What the compiler knows of the schema: types, columns, relations, scope; checked when it is built."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from strawberry.types.base import StrawberryList, StrawberryOptional
from strawberry.types.lazy_type import LazyType
from strawberry.utils.str_converters import to_camel_case

from schema import declaration as said
from schema import graph as words
from services.graphql.compiler.clusters import keep_clusters
from services.graphql.compiler.scalars import LIST, Codec, codec_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from strawberry.types.field import StrawberryField

    from schema.scopes import Restriction, Scope


class CatalogInvalid(Exception):
    """A declaration and the rows contradict each other; the message says which and how."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar field: its SQL over the row `{t}`, how it travels, how it is searched and sorted."""

    name: str
    sql: str
    codec: Codec
    nullable: bool
    search: str | None
    sort: str
    sort_type: str
    restricted: Restriction | None
    filterable: bool
    orderable: bool


@dataclass(frozen=True, slots=True)
class ToOne:
    """A relation to one row."""

    name: str
    target: str
    near: str
    far: str
    nullable: bool
    same_cluster: bool = False


@dataclass(frozen=True, slots=True)
class ToMany:
    """A relation to many rows, as a connection or as a plain list."""

    name: str
    declaration: said.Many
    same_cluster: bool = False

    @property
    def target(self) -> str:
        """The public type on the other side."""
        return self.declaration.target


@dataclass(frozen=True, slots=True)
class Computed:
    """A list (or one) of figures made by a select."""

    name: str
    declaration: said.Derived

    @property
    def target(self) -> str:
        """The figures' type."""
        return self.declaration.target


@dataclass(frozen=True, slots=True)
class Answered:
    """A list that a rule answers."""

    name: str
    declaration: said.Decided


Field = Scalar | ToOne | ToMany | Computed | Answered


@dataclass(frozen=True, slots=True)
class ObjectType:
    """A public type: an entity with a table, or figures without one."""

    name: str
    fields: Mapping[str, Field]
    table: str | None = None
    scope: Scope | None = None
    removable: bool = False
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalog:
    """Every type of the public schema that is read from tables."""

    types: Mapping[str, ObjectType]
    faults: tuple[str, ...] = field(default=())

    def type(self, name: str) -> ObjectType:
        """Return a type by its public name."""
        return self.types[name]

    def require_sound(self) -> Catalog:
        """Refuse to be used while a declaration contradicts the rows.

        Raises:
            CatalogInvalid: with every contradiction, one a line.
        """
        if self.faults:
            raise CatalogInvalid("\n".join(self.faults))
        return self


_SORT_TYPES: Final = {"term": "text", "text": "text", "plain": "bigint"}


def build_catalog() -> Catalog:
    """Derive the catalog from the declared entities and every figures type they reach."""
    types: dict[str, ObjectType] = {}
    faults: list[str] = []
    for entity in words.ENTITIES.values():
        types[entity.name] = _entity(entity, faults)
    for entity in words.ENTITIES.values():
        _collect_figures(entity.graph, types, faults)
    _check_relations(types, faults)
    return Catalog(keep_clusters(types), tuple(faults))


def with_figures(catalog: Catalog, *graphs: type) -> Catalog:
    """Return the catalog extended by figures types that stand at the root."""
    types, faults = dict(catalog.types), list(catalog.faults)
    for graph in graphs:
        types[graph.__name__] = ObjectType(graph.__name__, _fields(graph, None, faults))
        _collect_figures(graph, types, faults)
    _check_relations(types, faults)
    return Catalog(types, tuple(dict.fromkeys(faults)))


def _entity(entity: said.Entity, faults: list[str]) -> ObjectType:
    columns = entity.row._meta.fields_map
    return ObjectType(
        name=entity.name,
        fields=_fields(entity.graph, columns, faults),
        table=entity.row._meta.db_table,
        scope=entity.scope,
        removable="deleted_at" in columns,
        order=entity.order,
    )


def _fields(graph: type, columns: Mapping[str, Any] | None, faults: list[str]) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for key, (declared, declaration) in words.declarations(graph).items():
        name = declared.graphql_name or to_camel_case(key)
        match declaration:
            case said.Column():
                fields[name] = _scalar(graph, key, name, declared, declaration, columns, faults)
            case said.One():
                nullable = isinstance(_kind(declared), StrawberryOptional)
                fields[name] = ToOne(name, declaration.target, declaration.near, declaration.far, nullable)
                _check_column(graph, declaration.near, columns, faults, required=not nullable)
            case said.Many():
                fields[name] = ToMany(name, declaration)
            case said.Derived():
                fields[name] = Computed(name, declaration)
            case said.Decided():
                fields[name] = Answered(name, declaration)
    return fields


def _scalar(
    graph: type,
    key: str,
    name: str,
    declared: StrawberryField,
    declaration: said.Column,
    columns: Mapping[str, Any] | None,
    faults: list[str],
) -> Scalar:
    kind = _kind(declared)
    nullable = isinstance(kind, StrawberryOptional)
    inner = kind.of_type if isinstance(kind, StrawberryOptional) else kind
    codec = LIST if isinstance(inner, StrawberryList) else codec_of(getattr(inner, "wrapped_cls", inner))
    where = f"{graph.__name__}.{name}"
    if codec is None:
        faults.append(f"{where}: no codec for {inner}; use a scalar the compiler knows.")
        codec = LIST
    if declaration.sql is None:
        _check_column(graph, key, columns, faults, required=not nullable)
    if declaration.restricted and not nullable:
        faults.append(f"{where}: a restricted field is empty for some viewers, so it must be nullable.")
    _check_terms(where, getattr(inner, "wrapped_cls", inner), faults)
    sql = declaration.sql or f"{{t}}.{key}"
    return Scalar(
        name=name,
        sql=sql,
        codec=codec,
        nullable=nullable,
        search=declaration.search and _over_row(declaration.search),
        sort=_over_row(declaration.sort) if declaration.sort else sql,
        sort_type="text" if declaration.sort else _SORT_TYPES.get(codec.name, codec.parameter),
        restricted=declaration.restricted,
        filterable=declaration.filterable and codec is not LIST,
        orderable=declaration.orderable and codec is not LIST and declaration.restricted is None,
    )


def _over_row(text: str) -> str:
    return text if "{t}" in text else f"{{t}}.{text}"


def _kind(declared: StrawberryField) -> Any:
    return declared.type_annotation.resolve() if declared.type_annotation else None


def _check_column(
    graph: type, column: str, columns: Mapping[str, Any] | None, faults: list[str], *, required: bool
) -> None:
    if columns is None:
        return
    if column not in columns:
        faults.append(f"{graph.__name__}: its table has no column {column}; declare `sql` or add the column.")
    elif required and columns[column].null:
        faults.append(f"{graph.__name__}.{column}: the column may be empty, so the field must be nullable.")


def _check_terms(where: str, kind: object, faults: list[str]) -> None:
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        faults.extend(
            f"{where}: {member.name} is stored as {member.value}; name and value must be equal."
            for member in kind
            if member.name != member.value
        )


def _collect_figures(graph: type, types: dict[str, ObjectType], faults: list[str]) -> None:
    for declared, declaration in words.declarations(graph).values():
        if isinstance(declaration, said.Derived) and declaration.target not in types:
            made = _figures_type(declared)
            types[declaration.target] = ObjectType(declaration.target, _fields(made, None, faults))
            _collect_figures(made, types, faults)


def _figures_type(declared: StrawberryField) -> type:
    kind = _kind(declared)
    while isinstance(kind, StrawberryList | StrawberryOptional):
        kind = kind.of_type
    made: type = kind.resolve_type() if isinstance(kind, LazyType) else kind
    return made


def _check_relations(types: Mapping[str, ObjectType], faults: list[str]) -> None:
    for type_ in types.values():
        for field_ in type_.fields.values():
            if isinstance(field_, ToOne | ToMany | Computed) and field_.target not in types:
                faults.append(f"{type_.name}.{field_.name}: there is no type {field_.target}.")
            if isinstance(field_, ToMany) and field_.declaration.through is None and field_.target in types:
                target = words.ENTITIES[field_.target].row._meta.fields_map
                if field_.declaration.far not in target:
                    faults.append(
                        f"{type_.name}.{field_.name}: {field_.target} has no column {field_.declaration.far}."
                    )
