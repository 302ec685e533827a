"""Documents parsed, limited and validated once, then kept by their text."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    Source,
    ValuesOfCorrectTypeRule,
    parse,
    specified_rules,
    validate,
)

from services.graphql.failures import Refused
from services.graphql.variables import VariableReader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLInputType, GraphQLSchema, SelectionSetNode, ValueNode
    from graphql.execution.values import VariableValues
    from graphql.language.visitor import VisitorAction

Key = TypeVar("Key")
Kept = TypeVar("Kept")

_ERRORS_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """How large a document may be; our own documents are trusted and have none."""

    tokens: int = 1_500
    depth: int = 15
    aliases: int = 60
    root_fields: int = 30


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A document that can be executed: its operations and its fragments."""

    text: str
    operations: Mapping[str | None, OperationDefinitionNode]
    fragments: Mapping[str, FragmentDefinitionNode]
    readers: Mapping[str | None, VariableReader]

    def variables(
        self, operation: OperationDefinitionNode, given: Mapping[str, object] | None
    ) -> VariableValues:
        """Coerce the variables a request gives to one of the operations.

        Raises:
            Refused: one is missing or has the wrong type.
        """
        return self.readers[operation.name.value if operation.name else None].read(given)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Return the operation to execute.

        Raises:
            Refused: the name is unknown, or missing where there are several.
        """
        if name:
            if name not in self.operations:
                raise Refused(f"There is no operation named {name[:80]!r}.", "OPERATION_UNKNOWN")
            return self.operations[name]
        if len(self.operations) != 1:
            raise Refused("Name the operation to execute by `operationName`.", "OPERATION_UNKNOWN")
        return next(iter(self.operations.values()))


class Recent(Generic[Key, Kept]):
    """The most recently used things, up to a number."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Key, Kept] = OrderedDict()

    def get(self, key: Key) -> Kept | None:
        """Return what is kept under the key and mark it as used."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: Key, value: Kept) -> Kept:
        """Keep a value and forget the one unused for the longest time if there are too many."""
        self._kept[key] = value
        if len(self._kept) > self._size:
            self._kept.popitem(last=False)
        return value


class Documents:
    """Prepares documents and remembers them, the refused ones too."""

    def __init__(self, schema: GraphQLSchema, size: int = 1_000) -> None:
        self._schema = schema
        self._recent: Recent[tuple[str, bool], Prepared | Refused] = Recent(size)

    def prepare(self, text: str, limits: DocumentLimits | None) -> Prepared:
        """Return the prepared document.

        Raises:
            Refused: it cannot be parsed, is too large or is not valid.
        """
        key = (text, limits is None)
        found = self._recent.get(key)
        if found is None:
            try:
                found = self._prepare(text, limits)
            except Refused as refusal:
                found = refusal
            self._recent.keep(key, found)
        if isinstance(found, Refused):
            raise found
        return found

    def _prepare(self, text: str, limits: DocumentLimits | None) -> Prepared:
        try:
            document = parse(Source(text), max_tokens=limits.tokens if limits else None)
        except GraphQLSyntaxError as error:
            raise Refused.of([error], "GRAPHQL_PARSE_FAILED") from None
        except RecursionError:
            raise Refused("The document is nested too deeply.", "TOO_DEEP") from None
        if limits:
            _Measure(document, limits).check()
        errors = validate(self._schema, document, _RULES, max_errors=_ERRORS_SHOWN)
        if errors:
            raise Refused.of(errors, "GRAPHQL_VALIDATION_FAILED")
        operations = {
            node.name.value if node.name else None: node
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode)
        }
        fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        readers = {name: VariableReader(self._schema, node) for name, node in operations.items()}
        return Prepared(text, operations, fragments, readers)


class _LocatedValues(ValuesOfCorrectTypeRule):
    """Says where a value stands that a scalar of ours refuses; the scalar itself cannot know."""

    def is_valid_value_node(self, node: ValueNode, input_type: GraphQLInputType | None) -> VisitorAction:
        self._node = node
        return super().is_valid_value_node(node, input_type)

    def report_error(self, error: GraphQLError) -> None:
        super().report_error(error if error.nodes else GraphQLError(error.message, self._node))


_RULES: Final = tuple(_LocatedValues if rule is ValuesOfCorrectTypeRule else rule for rule in specified_rules)


class _Measure:
    """Measures a document before validation, whose effort grows with breadth and depth."""

    def __init__(self, document: DocumentNode, limits: DocumentLimits) -> None:
        self._limits = limits
        self._aliases = 0
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._operations = [
            node for node in document.definitions if isinstance(node, OperationDefinitionNode)
        ]

    def check(self) -> None:
        """Refuse what is larger than the limits.

        Raises:
            Refused: with the limit that is passed.
        """
        for operation in self._operations:
            if len(operation.selection_set.selections) > self._limits.root_fields:
                raise Refused(
                    f"An operation takes at most {self._limits.root_fields} root fields: send several.",
                    "TOO_BROAD",
                )
            self._walk(operation.selection_set, 1, frozenset())
        for fragment in self._fragments.values():
            self._walk(fragment.selection_set, 1, frozenset({fragment.name.value}))

    def _walk(self, selection_set: SelectionSetNode, depth: int, inside: frozenset[str]) -> None:
        if depth > self._limits.depth:
            raise Refused(f"The document is deeper than {self._limits.depth} levels.", "TOO_DEEP")
        for selection in selection_set.selections:
            if isinstance(selection, FieldNode):
                self._count(selection)
                if selection.selection_set:
                    self._walk(selection.selection_set, depth + 1, inside)
            elif inner := getattr(selection, "selection_set", None):
                self._walk(inner, depth, inside)

    def _count(self, selection: FieldNode) -> None:
        if selection.alias:
            self._aliases += 1
            if self._aliases > self._limits.aliases:
                raise Refused(f"A document takes at most {self._limits.aliases} aliases.", "TOO_BROAD")
