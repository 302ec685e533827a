"""From a connection to the plan of a page: which rows, in which order, from which cursor on, with which parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from services.graphql.compiler import plan as parts
from services.graphql.compiler.conditions import Conditions
from services.graphql.compiler.ordering import continued, order_of, reversed_order, signature_of
from services.graphql.compiler.slots import Arguments, ArgumentSlot, InputRefused, Slot, located
from services.graphql.compiler.sql import TRUE, Sql, Value, conjunction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graphql import SelectionSetNode

    from services.graphql.compiler.catalog import ObjectType
    from services.graphql.compiler.context import PlanningContext
    from services.graphql.compiler.selection import Document, Selected

    Members = Callable[
        [Iterable[SelectionSetNode], str, str, tuple[str, ...], tuple[Slot, ...]], tuple[parts.Member, ...]
    ]
    """Plans the fields of a row: selection sets, type, alias, path and the sizes of the pages around it."""

DEFAULT_PAGE: Final = 20
_COUNT_WEIGHT: Final = 5


@dataclass(frozen=True, slots=True)
class Pages:
    """Plans the connections of one operation, charging each by the size of the pages it stands in."""

    context: PlanningContext
    document: Document
    page_limit: int
    charges: list[parts.Charge]
    members: Members

    def page(
        self,
        selected: Selected,
        target: ObjectType,
        arguments: Arguments,
        path: tuple[str, ...],
        sizes: tuple[Slot, ...],
        reached: Sql,
        alias: str,
    ) -> parts.Page:
        """Plan the rows of a connection; `reached` says which rows of the target it is about."""
        try:
            return self._paged(selected, target, arguments, path, sizes, reached, alias)
        except InputRefused as refusal:
            raise located(refusal, selected.node) from refusal

    def _paged(
        self,
        selected: Selected,
        target: ObjectType,
        arguments: Arguments,
        path: tuple[str, ...],
        sizes: tuple[Slot, ...],
        reached: Sql,
        alias: str,
    ) -> parts.Page:
        given = arguments.read(self.document.variables)
        if given.get("first") is not None and given.get("last") is not None:
            raise InputRefused("Pass either `first` or `last`, not both.")
        backward = given.get("last") is not None or (
            given.get("before") is not None and given.get("first") is None and given.get("after") is None
        )
        if (given.get("after") is not None) and (given.get("before") is not None):
            raise InputRefused("Pass either `after` or `before`, not both.")
        condition = conjunction([reached, self._filter(given, target, arguments, alias)])
        order = order_of(self.context, target, alias, given.get("orderBy"))
        signature = signature_of(target.name, order)
        reading = reversed_order(order) if backward else order
        cursor = next((name for name in ("after", "before") if given.get(name) is not None), None)
        here = condition
        if cursor == "after":
            here = conjunction([condition, continued(order, arguments, cursor, signature)])
        elif cursor == "before":
            here = conjunction([condition, continued(reversed_order(order), arguments, cursor, signature)])
        size = ArgumentSlot(arguments, ("last" if backward else "first",), self._page_size)
        inside = (*sizes, size)
        self.charges.append(parts.Charge(1, sizes))
        page_parts = self._page_parts(selected, target, alias, path, inside, condition)
        return parts.Page(
            selected.key,
            parts.Source((str(target.table),), alias, here, reading),
            page_parts,
            Value(size, "bigint"),
            backward,
            cursor is not None,
            signature,
        )

    def _filter(self, given: Mapping[str, Any], target: ObjectType, arguments: Arguments, alias: str) -> Sql:
        if not given.get("filter"):
            return TRUE
        return Conditions(self.context, arguments).of(given["filter"], target, alias, ("filter",))

    def _page_size(self, wanted: object) -> int:
        if wanted is None:
            return min(DEFAULT_PAGE, self.page_limit)
        if not isinstance(wanted, int) or not 1 <= wanted <= self.page_limit:
            raise InputRefused(f"A page holds 1 to {self.page_limit} nodes: ask for that many and page on.")
        return wanted

    def _page_parts(
        self,
        selected: Selected,
        target: ObjectType,
        alias: str,
        path: tuple[str, ...],
        sizes: tuple[Slot, ...],
        condition: Sql,
    ) -> tuple[parts.PagePart, ...]:
        found: list[parts.PagePart] = []
        for part in self.document.fields(selected.selection_sets, f"{target.name}Connection"):
            steps = (*path, part.key, "*")
            match part.name:
                case "__typename":
                    found.append(parts.Constant(part.key, f'"{target.name}Connection"'))
                case "nodes":
                    self.charges.append(parts.Charge(1, sizes))
                    members = self.members(part.selection_sets, target.name, alias, steps, sizes)
                    found.append(parts.Nodes(part.key, members))
                case "edges":
                    self.charges.append(parts.Charge(1, sizes))
                    found.append(self._edges(part, target, alias, steps, sizes))
                case "pageInfo":
                    wanted = self.document.fields(part.selection_sets, "PageInfo")
                    found.append(parts.PageInfo(part.key, tuple((info.key, info.name) for info in wanted)))
                case "totalCount":
                    self.charges.append(parts.Charge(_COUNT_WEIGHT, sizes[:-1]))
                    found.append(parts.TotalCount(part.key, condition))
        return tuple(found)

    def _edges(
        self, part: Selected, target: ObjectType, alias: str, steps: tuple[str, ...], sizes: tuple[Slot, ...]
    ) -> parts.Edges:
        edge_parts: list[parts.EdgePart] = []
        for wanted in self.document.fields(part.selection_sets, f"{target.name}Edge"):
            members: tuple[parts.Member, ...] = ()
            if wanted.name == "node":
                members = self.members(wanted.selection_sets, target.name, alias, (*steps, wanted.key), sizes)
            elif wanted.name == "__typename":
                members = (parts.Constant(wanted.key, f'"{target.name}Edge"'),)
            edge_parts.append(parts.EdgePart(wanted.key, wanted.name, members))
        return parts.Edges(part.key, tuple(edge_parts))
