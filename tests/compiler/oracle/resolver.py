"""A naive resolver: walks a document over rows held in memory, the way a person would explain GraphQL.

It shares the declarations of the public types with the compiler and nothing else: reach and computed fields are
told anew beside it, in plain Python, so that the two can only agree by both being right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    parse,
    value_from_ast_untyped,
)
from graphql.language import FragmentDefinitionNode, OperationDefinitionNode
from strawberry.utils.str_converters import to_camel_case, to_snake_case

from schema.declaration import Column, Derived, Many, One
from schema.graph import ENTITIES
from tests.compiler.oracle.computed import COMPUTED
from tests.compiler.oracle.counted import COUNTED
from tests.compiler.oracle.values import comparable, compares, declared, descending, shown, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import asyncpg

    from tests.compiler.oracle.day import Day
    from tests.compiler.oracle.reach import Reach
    from tests.compiler.oracle.values import Found

Row = dict[str, Any]
DEFAULT_PAGE = 20
# Which of the related rows a short list is of.
FEW = {("Cluster", "currentPhases"): lambda phase: phase["status"] == "IN_PROGRESS"}


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
    """Answers documents over the tables as they are on a day, within the reach of a viewer."""

    day: Day
    reach: Reach
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: dict[str, Any]
    figures: dict[tuple[str, str, Any], Found] = field(default_factory=dict)

    @classmethod
    def answer(cls, day: Day, reach: Reach, document: str, variables: dict[str, Any]) -> dict[str, Any]:
        """Answer a document that has one operation."""
        definitions = parse(document).definitions
        fragments = {one.name.value: one for one in definitions if isinstance(one, FragmentDefinitionNode)}
        operation = next(one for one in definitions if isinstance(one, OperationDefinitionNode))
        oracle = cls(day, reach, fragments, variables)
        roots = {entity.plural: name for name, entity in ENTITIES.items()}
        return {
            key: oracle.connection(
                roots[nodes[0].name.value], oracle.everything(roots[nodes[0].name.value]), nodes
            )
            for key, nodes in oracle.fields([operation.selection_set], "Query").items()
        }

    def everything(self, type_name: str) -> list[Row]:
        """Return every row of a type within reach."""
        return self.seen(type_name, self.day.tables.rows[table_of(type_name)])

    def seen(self, type_name: str, rows: Iterable[Row]) -> list[Row]:
        """Return the rows that the viewer may know of."""
        return [row for row in rows if self.reach.sees(type_name, row)]

    def value(self, type_name: str, name: str, row: Row) -> Found:
        """Return the value of a field: kept in the row, or computed of it on the day."""
        figure = COMPUTED.get((type_name, name))
        if figure is None:
            return row[to_snake_case(name)]
        # Through relations a filter meets the same row again and again.
        key = (type_name, name, row["id"])
        if key not in self.figures:
            self.figures[key] = figure(self.day, row)
        return self.figures[key]

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
            value = self.value(type_name, name, row) if self.reach.reads(name) else None
            return shown(type_name, name, value)
        if isinstance(declaration, Derived):
            return self.counted(type_name, name, row, nodes)
        related = self.related(declaration, row)
        if isinstance(declaration, One):
            inner = [node.selection_set for node in nodes]
            return self.object(declaration.target, related[0], inner) if related else None
        if not declaration.paged:
            kept = [one for one in related if FEW.get((type_name, name), always)(one)]
            inner = [node.selection_set for node in nodes]
            ordered = self.sorted(declaration.target, kept, [])
            return [self.object(declaration.target, one, inner) for one in ordered]
        return self.connection(declaration.target, related, nodes)

    def related(self, declaration: One | Many, row: Row) -> list[Row]:
        """Return the rows within reach on the other side of a relation."""
        return self.seen(declaration.target, self.linked(declaration, row))

    def linked(self, declaration: One | Many, row: Row) -> list[Row]:
        """Return the rows on the other side of a relation, whoever may see them."""
        target = table_of(declaration.target)
        if isinstance(declaration, Many) and declaration.through:
            joins = self.day.of(declaration.through, str(declaration.through_near), row[declaration.near])
            wanted = {join[str(declaration.through_far)] for join in joins}
            return [found for value in wanted for found in self.day.of(target, "id", value)]
        return self.day.of(target, declaration.far, row[declaration.near])

    def counted(self, type_name: str, name: str, row: Row, nodes: list[FieldNode]) -> Found:
        """Answer figures that are counted over the rows within reach."""
        found = COUNTED[type_name, name](self.everything, row)
        asked = self.fields([node.selection_set for node in nodes], "")
        return [{key: one[parts[0].name.value] for key, parts in asked.items()} for one in found]

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
            value = self.value(type_name, name, row)
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
            return comparable(declaration, self.value(type_name, name, row))
        related = self.related(declaration, row)
        return self.key(declaration.target, related[0], inner) if related else None


def always(_: Row) -> bool:
    """Take every related row into a short list."""
    return True
