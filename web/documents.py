"""Load the GraphQL documents of all pages and refuse to start when one does not fit the schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from graphql import (
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    is_input_type,
    parse,
    type_from_ast,
    validate,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


_FRAGMENT: Final = re.compile(r"^fragment (\w+)", re.MULTILINE)


class DocumentsInvalid(Exception):
    """At least one document does not fit the schema; the message lists every fault with file and line."""


@dataclass(frozen=True)
class Operation:
    """One operation of a document, with the input types of its variables."""

    name: str
    writes: bool
    root_field: str
    variables: Mapping[str, GraphQLInputType]


@dataclass(frozen=True)
class Document:
    """The text of one page's document and its operations: a query to show, at most one mutation to save."""

    name: str
    text: str
    query: Operation | None
    mutation: Operation | None


def load_documents(folder: Path, schema: GraphQLSchema, *, validated: bool = True) -> dict[str, Document]:
    """Read every `.graphql` file below the folder; the name of a document is its path without the ending.

    What several documents ask alike stands in a `.fragment` file, which each that spreads it takes along.
    To validate takes ten times as long as all the rest; who does it at another moment says so.
    """
    documents: dict[str, Document] = {}
    faults: list[str] = []
    fragments = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.fragment"))]
    for path in sorted(folder.rglob("*.graphql")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        try:
            text = with_fragments(path.read_text(encoding="utf-8"), fragments)
            documents[name] = read_document(name, text, schema, validated=validated)
        except DocumentsInvalid as invalid:
            faults.append(str(invalid))
    if faults:
        raise DocumentsInvalid("\n".join(faults))
    return documents


def with_fragments(text: str, fragments: Sequence[str]) -> str:
    """Return a document with the shared fragments it spreads behind its own lines."""
    spread = [one for one in fragments if (name := _FRAGMENT.search(one)) and f"...{name[1]}\n" in text]
    return "\n".join([text, *spread])


@cache
def proven_documents(folder: Path, schema: GraphQLSchema) -> Mapping[str, Document]:
    """Return the documents of a folder that nobody changes while we run, read and validated once."""
    return load_documents(folder, schema)


def read_document(name: str, text: str, schema: GraphQLSchema, *, validated: bool = True) -> Document:
    """Parse and validate one document and derive what its pages need to know about it."""
    try:
        tree = parse(text)
    except GraphQLError as error:
        raise DocumentsInvalid(_fault(name, error)) from error
    errors = validate(schema, tree) if validated else ()
    if errors:
        raise DocumentsInvalid("\n".join(_fault(name, error) for error in errors))
    operations = [
        _operation(node, schema) for node in tree.definitions if isinstance(node, OperationDefinitionNode)
    ]
    expected = operation_name(name)
    for operation in operations:
        wanted = f"{expected}Submit" if operation.writes else expected
        if operation.name != wanted:
            raise DocumentsInvalid(
                f"{name}.graphql: the operation must be named {wanted}, not {operation.name}"
            )
    return Document(
        name,
        text,
        query=next((operation for operation in operations if not operation.writes), None),
        mutation=next((operation for operation in operations if operation.writes), None),
    )


def operation_name(document: str) -> str:
    """Return the name its query must have: `sub_projects/list` must hold `SubProjectsList`."""
    return "".join(word.capitalize() for word in document.replace("/", "_").split("_"))


def _operation(node: OperationDefinitionNode, schema: GraphQLSchema) -> Operation:
    variables: dict[str, GraphQLInputType] = {}
    for definition in node.variable_definitions or ():
        kind = type_from_ast(schema, definition.type)
        if kind is not None and is_input_type(kind):
            variables[definition.variable.name.value] = kind
    first = node.selection_set.selections[0]
    return Operation(
        name=node.name.value if node.name else "",
        writes=node.operation is OperationType.MUTATION,
        root_field=_response_key(first),
        variables=variables,
    )


def _response_key(selection: object) -> str:
    alias = getattr(selection, "alias", None) or getattr(selection, "name", None)
    return str(alias.value) if alias is not None else ""


def _fault(name: str, error: GraphQLError) -> str:
    line = error.locations[0].line if error.locations else 1
    return f"{name}.graphql:{line}: {error.message}"
