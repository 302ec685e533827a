"""From a validated operation to a plan: what to read, for whom, in which order, at which cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import orjson

from services.graphql.compiler import catalog as kinds
from services.graphql.compiler import plan as parts
from services.graphql.compiler.conditions import link
from services.graphql.compiler.context import PlanningContext
from services.graphql.compiler.ordering import order_of
from services.graphql.compiler.paging import Pages
from services.graphql.compiler.scalars import global_id_of, row_id, split_id
from services.graphql.compiler.slots import (
    Arguments,
    ArgumentSlot,
    ContextSlot,
    InputRefused,
    Slot,
    located,
)
from services.graphql.compiler.sql import TRUE, Value, conjunction, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graphql import GraphQLObjectType, GraphQLSchema, SelectionSetNode

    from schema.vocabulary import UserRole
    from services.graphql.compiler.catalog import Catalog, ObjectType
    from services.graphql.compiler.roots import Root
    from services.graphql.compiler.selection import Document, Selected

NODES_LIMIT: Final = 100
DEPTH_LIMIT: Final = 16
_FIGURES_WEIGHT: Final = 5


@dataclass(slots=True)
class Planner:
    """Plans one operation for one role; used once."""

    catalog: Catalog
    schema: GraphQLSchema
    roots: Mapping[str, Root]
    document: Document
    role: UserRole
    page_limit: int
    introspect: Callable[[Selected], object]
    questions: list[parts.Question] = field(default_factory=list)
    charges: list[parts.Charge] = field(default_factory=list)
    context: PlanningContext = field(init=False)
    pages: Pages = field(init=False)

    def __post_init__(self) -> None:
        """Start counting aliases."""
        self.context = PlanningContext(self.catalog, self.role, self.page_limit)
        self.pages = Pages(self.context, self.document, self.page_limit, self.charges, self._members)

    def operation(self, selection_set: SelectionSetNode) -> parts.Plan:
        """Plan every root field of a query."""
        members: list[parts.Member] = []
        for selected in self.document.fields([selection_set], "Query"):
            try:
                members.append(self._root(selected))
            except InputRefused as refusal:
                raise located(refusal, selected.node) from refusal
        return self._plan(members)

    def entity(self, selected: Selected, type_name: str) -> parts.Plan:
        """Plan the entity that a mutation's payload shows; its id is the context's `result`."""
        source = self._row(self.catalog.type(type_name), Value(ContextSlot("result"), "uuid"))
        return self._plan([self._single(selected, type_name, source, (selected.key,), ())])

    def _plan(self, members: list[parts.Member]) -> parts.Plan:
        return parts.Plan(tuple(members), tuple(self.questions), tuple(self.charges))

    def _root(self, selected: Selected) -> parts.Member:  # noqa: PLR0911 - one answer for each kind of root
        if selected.name == "__typename":
            return parts.Constant(selected.key, '"Query"')
        if selected.name.startswith("__"):
            return parts.Constant(selected.key, orjson.dumps(self.introspect(selected)).decode())
        arguments = self._arguments("Query", selected)
        root = self.roots[selected.name]
        path = (selected.key,)
        match root.kind:
            case "connection":
                type_, alias = self.catalog.type(root.target), self.context.alias()
                visible = self.context.visible(type_, alias)
                return self.pages.page(selected, type_, arguments, path, (), visible, alias)
            case "single":
                given = Value(ArgumentSlot(arguments, ("id",), row_id(root.target)), "uuid")
                source = self._row(self.catalog.type(root.target), given)
                return self._single(selected, root.target, source, path, ())
            case "viewer":
                source = self._row(self.catalog.type(root.target), Value(ContextSlot(root.argument), "uuid"))
                return self._single(selected, root.target, source, path, ())
            case "lookup":
                return self._lookup(selected, root, arguments, path)
            case "node":
                given = arguments.read(self.document.variables)["id"]
                return self._node(selected, arguments, ("id",), given, path)
            case "nodes":
                return self._nodes(selected, arguments, path)
            case _:
                members = self._members(selected.selection_sets, root.target, "", path, ())
                return parts.Group(selected.key, members)

    def _lookup(
        self, selected: Selected, root: Root, arguments: Arguments, path: tuple[str, ...]
    ) -> parts.Member:
        type_, alias = self.catalog.type(root.target), self.context.alias()
        value = Value(ArgumentSlot(arguments, (root.argument,), root.convert), "text")
        condition = conjunction(
            [text(f"{alias}.{root.column} = ", value), self.context.visible(type_, alias)]
        )
        return self._single(
            selected, root.target, parts.Source((str(type_.table),), alias, condition), path, ()
        )

    def _nodes(self, selected: Selected, arguments: Arguments, path: tuple[str, ...]) -> parts.Member:
        given = arguments.read(self.document.variables)["ids"]
        if len(given) > NODES_LIMIT:
            raise InputRefused(f"`ids` takes at most {NODES_LIMIT} ids.")
        return parts.Sequence(
            selected.key,
            tuple(
                self._node(selected, arguments, ("ids", index), value, (*path, str(index)))
                for index, value in enumerate(given)
            ),
        )

    def _node(
        self,
        selected: Selected,
        arguments: Arguments,
        step: tuple[str | int, ...],
        given: object,
        path: tuple[str, ...],
    ) -> parts.Member:
        type_name, _ = split_id(given)
        if type_name not in self.catalog.types or self.catalog.type(type_name).table is None:
            raise InputRefused(f"Invalid id: there is no type {type_name[:60]}.", "INVALID_ID")
        value = Value(ArgumentSlot(arguments, step, row_id(type_name)), "uuid")
        return self._single(selected, type_name, self._row(self.catalog.type(type_name), value), path, ())

    def _row(self, type_: ObjectType, value: Value) -> parts.Source:
        alias = self.context.alias()
        condition = conjunction([text(f"{alias}.id = ", value), self.context.visible(type_, alias)])
        return parts.Source((str(type_.table),), alias, condition)

    def _single(
        self,
        selected: Selected,
        type_name: str,
        source: parts.Source,
        path: tuple[str, ...],
        sizes: tuple[Slot, ...],
        nullable: bool = True,
    ) -> parts.Single:
        self.charges.append(parts.Charge(1, sizes))
        members = self._members(selected.selection_sets, type_name, source.alias, path, sizes)
        return parts.Single(selected.key, source, members, nullable)

    def _members(
        self,
        selection_sets: Iterable[SelectionSetNode],
        type_name: str,
        alias: str,
        path: tuple[str, ...],
        sizes: tuple[Slot, ...],
    ) -> tuple[parts.Member, ...]:
        if len(path) > DEPTH_LIMIT * 2:
            raise InputRefused("The document is nested too deeply: ask in several steps.", "TOO_DEEP")
        type_ = self.catalog.type(type_name)
        return tuple(
            self._member(selected, type_, alias, (*path, selected.key), sizes)
            for selected in self.document.fields(selection_sets, type_name)
        )

    def _member(
        self,
        selected: Selected,
        type_: ObjectType,
        alias: str,
        path: tuple[str, ...],
        sizes: tuple[Slot, ...],
    ) -> parts.Member:
        if selected.name == "__typename":
            return parts.Constant(selected.key, f'"{type_.name}"')
        found = type_.fields[selected.name]
        match found:
            case kinds.Scalar():
                return self._scalar(selected, found, type_, alias)
            case kinds.ToOne():
                target, inner = self.catalog.type(found.target), self.context.alias()
                visible = self.context.visible(target, inner, proved=found.same_cluster)
                condition = conjunction([link(found, alias, inner), visible])
                source = parts.Source((str(target.table),), inner, condition)
                return self._single(selected, found.target, source, path, sizes, found.nullable)
            case kinds.ToMany():
                return self._many(selected, found, type_, alias, path, sizes)
            case kinds.Computed():
                return self._computed(selected, found, alias, path, sizes)
            case kinds.Answered():
                return self._answered(selected, found, alias, path)

    def _scalar(self, selected: Selected, found: kinds.Scalar, type_: ObjectType, alias: str) -> parts.Member:
        if found.restricted and self.role not in found.restricted.roles:
            return parts.Constant(selected.key, "null")
        value = self.context.expression(found.sql, alias)
        codec = global_id_of(type_.name) if found.name == "id" and type_.table else found.codec
        return parts.Leaf(selected.key, value, codec, found.nullable)

    def _many(
        self,
        selected: Selected,
        found: kinds.ToMany,
        type_: ObjectType,
        alias: str,
        path: tuple[str, ...],
        sizes: tuple[Slot, ...],
    ) -> parts.Member:
        target = self.catalog.type(found.target)
        if found.declaration.paged:
            arguments = self._arguments(type_.name, selected)
            inner = self.context.alias()
            visible = self.context.visible(target, inner, proved=found.same_cluster)
            linked = conjunction([link(found, alias, inner), visible])
            return self.pages.page(selected, target, arguments, path, sizes, linked, inner)
        inner = self.context.alias()
        conditions = [
            link(found, alias, inner),
            self.context.visible(target, inner, proved=found.same_cluster),
        ]
        if found.declaration.where:
            conditions.append(self.context.expression(found.declaration.where, inner))
        order = order_of(self.context, target, inner, None)
        source = parts.Source((str(target.table),), inner, conjunction(conditions), order)
        self.charges.append(parts.Charge(_FIGURES_WEIGHT, sizes))
        members = self._members(selected.selection_sets, target.name, inner, (*path, "*"), sizes)
        return parts.Listing(selected.key, source, members)

    def _computed(
        self,
        selected: Selected,
        found: kinds.Computed,
        alias: str,
        path: tuple[str, ...],
        sizes: tuple[Slot, ...],
    ) -> parts.Member:
        relation = self.context.select(found.declaration.sql, alias)
        inner = self.context.alias()
        source = parts.Source(relation, inner, TRUE)
        self.charges.append(parts.Charge(_FIGURES_WEIGHT, sizes))
        steps = (*path, "*") if found.declaration.many else path
        members = self._members(selected.selection_sets, found.target, inner, steps, sizes)
        if found.declaration.many:
            return parts.Listing(selected.key, source, members)
        return parts.Single(selected.key, source, members, nullable=False)

    def _answered(
        self, selected: Selected, found: kinds.Answered, alias: str, path: tuple[str, ...]
    ) -> parts.Member:
        facts = found.declaration.facts
        selection = tuple(
            (
                wanted.key,
                wanted.name,
                tuple(
                    (reason.key, reason.name)
                    for reason in self.document.fields(wanted.selection_sets, "Problem")
                ),
            )
            for wanted in self.document.fields(selected.selection_sets, "PermittedAction")
        )
        self.questions.append(parts.Question(path, facts, found.declaration.rule, selection))
        return parts.FactsOf(
            selected.key,
            tuple((name, self.context.expression(sql, alias)) for name, sql in facts.expressions()),
        )

    def _arguments(self, type_name: str, selected: Selected) -> Arguments:
        graphql_type: GraphQLObjectType = self.schema.type_map[type_name]  # type: ignore[assignment]  # validated
        return Arguments(graphql_type.fields[selected.name], selected.node)
