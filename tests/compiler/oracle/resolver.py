"""A naive resolver: walks a document over rows held in memory, the way a person would explain GraphQL.

It shares the declarations of the public types with the compiler and nothing else, so that the two can
only agree by both being right.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any
from uuid import UUID

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    parse,
    value_from_ast_untyped,
)
from graphql.language import FragmentDefinitionNode, OperationDefinitionNode
from strawberry.utils.str_converters import to_camel_case, to_snake_case

from schema.graph import ENTITIES, Column, Many, One, declarations
from schema.text import sort_key, squash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import asyncpg

Row = dict[str, Any]
# A value of a column, of a filter or of an answer: whatever JSON and PostgreSQL know.
Found = Any
DEFAULT_PAGE = 20


@dataclass(slots=True)
class Tables:
    """Every row of the tables, and the rows by any column that a relation follows."""

    rows: dict[str, list[Row]]
    followed: dict[tuple[str, str], dict[Any, list[Row]]]

    def having(self, table: str, column: str, value: object) -> list[Row]:
        """Return the rows whose column has this value."""
        key = (table, column)
        if key not in self.followed:
            self.followed[key] = {}
            for row in self.rows[table]:
                self.followed[key].setdefault(row[column], []).append(row)
        return self.followed[key].get(value, [])


async def read_tables(connection: asyncpg.Connection[asyncpg.Record]) -> Tables:
    """Read every row that is not removed, of every table."""
    rows: dict[str, list[Row]] = {}
    for found in await connection.fetch("select tablename from pg_tables where schemaname = 'public'"):
        table = found["tablename"]
        everything = [dict(row) for row in await connection.fetch(f'select * from "{table}"')]  # noqa: S608 - a table's own name
        rows[table] = [row for row in everything if row.get("deleted_at") is None]
    return Tables(rows, {})


@dataclass(slots=True)
class Oracle:
    """Answers documents over the tables, for a viewer who sees everything."""

    tables: Tables
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: dict[str, Any]

    @classmethod
    def answer(cls, tables: Tables, document: str, variables: dict[str, Any]) -> dict[str, Any]:
        """Answer a document that has one operation."""
        definitions = parse(document).definitions
        fragments = {one.name.value: one for one in definitions if isinstance(one, FragmentDefinitionNode)}
        operation = next(one for one in definitions if isinstance(one, OperationDefinitionNode))
        oracle = cls(tables, fragments, variables)
        roots = {entity.plural: name for name, entity in ENTITIES.items()}
        return {
            key: oracle.connection(
                roots[nodes[0].name.value], oracle.everything(roots[nodes[0].name.value]), nodes
            )
            for key, nodes in oracle.fields([operation.selection_set], "Query").items()
        }

    def everything(self, type_name: str) -> list[Row]:
        """Return every row of a type."""
        return self.tables.rows[table_of(type_name)]

    def fields(self, selection_sets: Iterable[Any], type_name: str) -> dict[str, list[FieldNode]]:
        """Collect what is asked of an object, key by key."""
        found: dict[str, list[FieldNode]] = {}
        for selection_set in selection_sets:
            for selection in selection_set.selections:
                if not self.included(selection):
                    continue
                if isinstance(selection, FieldNode):
                    key = selection.alias.value if selection.alias else selection.name.value
                    found.setdefault(key, []).append(selection)
                    continue
                inner: Any = selection
                if isinstance(selection, FragmentSpreadNode):
                    inner = self.fragments[selection.name.value]
                assert isinstance(inner, InlineFragmentNode | FragmentDefinitionNode)
                condition = inner.type_condition
                if condition is None or condition.name.value in {type_name, "Node"}:
                    for key, nodes in self.fields([inner.selection_set], type_name).items():
                        found.setdefault(key, []).extend(nodes)
        return found

    def included(self, selection: Found) -> bool:
        """Whether the directives let a selection through."""
        for directive in selection.directives or ():
            given = value_from_ast_untyped(directive.arguments[0].value, self.variables)
            if given is (directive.name.value == "skip"):
                return False
        return True

    def object(self, type_name: str, row: Row, selection_sets: Iterable[Any]) -> dict[str, Any]:
        """Answer the fields of one row."""
        return {
            key: self.field(type_name, row, nodes)
            for key, nodes in self.fields(selection_sets, type_name).items()
        }

    def field(self, type_name: str, row: Row, nodes: list[FieldNode]) -> Found:
        """Answer one field of one row."""
        name = nodes[0].name.value
        if name == "__typename":
            return type_name
        declaration = declared(type_name)[name]
        if isinstance(declaration, Column):
            return shown(type_name, name, row[to_snake_case(name)])
        related = self.related(declaration, row)
        if isinstance(declaration, One):
            inner = [node.selection_set for node in nodes]
            return self.object(declaration.target, related[0], inner) if related else None
        return self.connection(declaration.target, related, nodes)

    def related(self, declaration: One | Many, row: Row) -> list[Row]:
        """Return the rows on the other side of a relation."""
        target = table_of(declaration.target)
        if isinstance(declaration, Many) and declaration.through:
            joins = self.tables.having(
                declaration.through, str(declaration.through_near), row[declaration.near]
            )
            wanted = {join[str(declaration.through_far)] for join in joins}
            return [found for value in wanted for found in self.tables.having(target, "id", value)]
        return self.tables.having(target, declaration.far, row[declaration.near])

    def connection(self, type_name: str, rows: list[Row], nodes: list[FieldNode]) -> dict[str, Any]:
        """Answer a page."""
        given = {
            argument.name.value: value_from_ast_untyped(argument.value, self.variables)
            for argument in nodes[0].arguments or ()
        }
        kept = [row for row in rows if self.meets(type_name, row, given.get("filter") or {})]
        ordered = self.sorted(type_name, kept, given.get("orderBy") or [])
        if given.get("last") is not None:
            page = ordered[-given["last"] :]
        else:
            page = ordered[: given.get("first") or DEFAULT_PAGE]
        more = len(ordered) > len(page)
        answer: dict[str, Any] = {}
        for key, parts in self.fields(
            [node.selection_set for node in nodes], f"{type_name}Connection"
        ).items():
            inner = [part.selection_set for part in parts]
            match parts[0].name.value:
                case "nodes":
                    answer[key] = [self.object(type_name, row, inner) for row in page]
                case "edges":
                    answer[key] = [self.edge(type_name, row, inner) for row in page]
                case "totalCount":
                    answer[key] = len(kept)
                case "pageInfo":
                    backward = given.get("last") is not None
                    known = {"hasNextPage": more and not backward, "hasPreviousPage": more and backward}
                    asked = self.fields(inner, "PageInfo")
                    answer[key] = {name: known[fields[0].name.value] for name, fields in asked.items()}
        return answer

    def edge(self, type_name: str, row: Row, selection_sets: list[Any]) -> dict[str, Any]:
        """Answer an edge; its cursor is opaque and not asked for here."""
        return {
            key: self.object(type_name, row, [node.selection_set for node in nodes])
            for key, nodes in self.fields(selection_sets, f"{type_name}Edge").items()
        }

    def meets(self, type_name: str, row: Row, condition: Mapping[str, Any]) -> bool:
        """Whether a row meets a filter; what is empty meets no comparison."""
        return all(self.meets_one(type_name, row, name, wanted) for name, wanted in condition.items())

    def meets_one(self, type_name: str, row: Row, name: str, wanted: Found) -> bool:
        """Whether a row meets one member of a filter."""
        if name == "and":
            return all(self.meets(type_name, row, one) for one in wanted)
        if name == "or":
            return any(self.meets(type_name, row, one) for one in wanted)
        if name == "not":
            return not self.meets(type_name, row, wanted)
        declaration = declared(type_name)[name]
        if isinstance(declaration, Column):
            value = row[to_snake_case(name)]
            return all(compares(declaration, operator, value, other) for operator, other in wanted.items())
        return any(self.meets(declaration.target, one, wanted) for one in self.related(declaration, row))

    def sorted(self, type_name: str, rows: list[Row], wanted: list[Mapping[str, Any]]) -> list[Row]:
        """Sort rows; what is empty comes last when ascending, and the id decides between equals."""
        terms: list[tuple[Mapping[str, Any] | str, bool]] = [(one, descending(one)) for one in wanted]
        if not wanted:
            terms = [(column, False) for column in ENTITIES[type_name].order]

        def compare(left: Row, right: Row) -> int:
            for term, falling in terms:
                a, b = self.key(type_name, left, term), self.key(type_name, right, term)
                if a != b:
                    higher = b is not None and (a is None or a > b)
                    return (1 if higher else -1) * (-1 if falling else 1)
            return 1 if left["id"].bytes > right["id"].bytes else -1

        return sorted(rows, key=cmp_to_key(compare))

    def key(self, type_name: str, row: Row, term: Mapping[str, Any] | str) -> Found:
        """Return what a row is sorted by."""
        if isinstance(term, str):
            name = to_camel_case(term)
            column = declared(type_name).get(name)
            return (
                comparable(column, row[term]) if isinstance(column, Column) else comparable(None, row[term])
            )
        name, inner = next(iter(term.items()))
        declaration = declared(type_name)[name]
        if isinstance(declaration, Column):
            return comparable(declaration, row[to_snake_case(name)])
        related = self.related(declaration, row)
        return self.key(declaration.target, related[0], inner) if related else None


def declared(type_name: str) -> dict[str, Any]:
    """Return the declarations of a type by the names of the API."""
    return {
        field.graphql_name or to_camel_case(key): declaration
        for key, (field, declaration) in declarations(ENTITIES[type_name].graph).items()
    }


def table_of(type_name: str) -> str:
    """Return the table of a type."""
    return str(ENTITIES[type_name].row._meta.db_table)


def descending(term: Mapping[str, Any]) -> bool:
    """Whether an order goes downwards, however deep its field lies."""
    inner = next(iter(term.values()))
    return descending(inner) if isinstance(inner, dict) else inner == "DESC"


def comparable(column: Column | None, value: Found) -> Found:
    """Return a key that sorts as the field says: names as Persian readers expect, codes by their bytes."""
    if value is None:
        return None
    if column is not None and column.sort is not None:
        return sort_key(value).encode()
    if isinstance(value, UUID):
        return value.bytes
    return value.encode() if isinstance(value, str) else value


def compares(column: Column, operator: str, value: Found, other: Found) -> bool:  # noqa: PLR0911 - one answer an operator
    """Whether a value stands to another as the operator says."""
    if operator == "isNull":
        return (value is None) is other
    if operator == "ne":
        return value is None or plain(column, value) != plain(column, other)
    if operator == "notIn":
        return value is None or plain(column, value) not in {plain(column, one) for one in other}
    if value is None:
        return False
    match operator:
        case "eq":
            return bool(plain(column, value) == plain(column, other))
        case "in":
            return plain(column, value) in {plain(column, one) for one in other}
        case "contains":
            return squash(other) in squash(value)
        case "startsWith":
            return squash(value).startswith(squash(other))
    left, right = (value.isoformat(), other) if isinstance(value, datetime.date) else (value, other)
    return bool(
        {"gt": left > right, "gte": left >= right, "lt": left < right, "lte": left <= right}[operator]
    )


def plain(column: Column, value: Found) -> Found:
    """Return what equality compares: names by their folded form, everything else as it is."""
    if column.search is not None:
        return squash(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def shown(type_name: str, name: str, value: Found) -> Found:
    """Return a value as the API shows it."""
    if name == "id":
        return f"{type_name}_{value}"
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
