"""Which fields of the document apply to a type: fragments, `@include`, `@skip`, merging by response key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLSkipDirective,
    InlineFragmentNode,
)
from graphql.execution.values import get_directive_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphql import FragmentDefinitionNode, SelectionNode, SelectionSetNode
    from graphql.execution.values import VariableValues


@dataclass(frozen=True, slots=True)
class Selected:
    """A field of the answer: its key, its name and every place of the document that asks for it."""

    key: str
    name: str
    nodes: tuple[FieldNode, ...]

    @property
    def node(self) -> FieldNode:
        """The first of the places; its arguments count, validation has made sure that all are alike."""
        return self.nodes[0]

    @property
    def selection_sets(self) -> tuple[SelectionSetNode, ...]:
        """What is asked of the field's own fields."""
        return tuple(node.selection_set for node in self.nodes if node.selection_set)


@dataclass(frozen=True, slots=True)
class Document:
    """The parts of a validated document that selections need."""

    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues

    def fields(self, selection_sets: Iterable[SelectionSetNode], type_name: str) -> tuple[Selected, ...]:
        """Collect the fields that apply to a concrete type, in the order of the document."""
        found: dict[str, list[FieldNode]] = {}
        seen: set[str] = set()
        for selection_set in selection_sets:
            self._collect(selection_set.selections, type_name, found, seen)
        return tuple(Selected(key, nodes[0].name.value, tuple(nodes)) for key, nodes in found.items())

    def _collect(
        self,
        selections: Iterable[SelectionNode],
        type_name: str,
        found: dict[str, list[FieldNode]],
        seen: set[str],
    ) -> None:
        for selection in selections:
            if not self._included(selection):
                continue
            if isinstance(selection, FieldNode):
                key = selection.alias.value if selection.alias else selection.name.value
                found.setdefault(key, []).append(selection)
            elif isinstance(selection, InlineFragmentNode):
                if _applies(selection.type_condition, type_name):
                    self._collect(selection.selection_set.selections, type_name, found, seen)
            elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in seen:
                seen.add(selection.name.value)
                fragment = self.fragments[selection.name.value]
                if _applies(fragment.type_condition, type_name):
                    self._collect(fragment.selection_set.selections, type_name, found, seen)

    def _included(self, selection: SelectionNode) -> bool:
        if not selection.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, selection, self.variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, selection, self.variables)
        return not include or bool(include["if"])


def _applies(condition: Any, type_name: str) -> bool:
    """Whether a fragment's type condition holds; `Node` holds for every entity, our only interface."""
    return condition is None or condition.name.value in {type_name, "Node"}
