"""The choices a filter offers: the members of an enumeration, or what the page's own answer lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import GraphQLEnumType, get_named_type

from web.localisation import mark
from web.parameters import type_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from web.documents import Operation
    from web.localisation import Localisation
    from web.parameters import Filter

Choices = dict[str, list[tuple[str, str]]]


def filter_choices(
    filters: Sequence[Filter], operation: Operation, data: Mapping[str, Any], reader: Localisation
) -> Choices:
    """Return value and label of every choice, by the name of the filter."""
    if "filter" not in operation.variables:
        return {}
    declared = get_named_type(operation.variables["filter"])
    found: Choices = {}
    for narrowing in filters:
        if narrowing.options:
            root, _, key = narrowing.options.partition(".")
            nodes = data.get(root, {}).get("nodes", ())
            found[narrowing.name] = [(str(node[key]), reader.name(node)) for node in nodes]
            continue
        if narrowing.words:
            found[narrowing.name] = _yes_or_no(narrowing.words, reader)
            continue
        if narrowing.enumeration:
            found[narrowing.name] = reader.terms(narrowing.enumeration)
            continue
        kind = get_named_type(type_at(declared, narrowing.places[0]))
        if isinstance(kind, GraphQLEnumType):
            found[narrowing.name] = [(value, reader.term(kind.name, value)) for value in kind.values]
        elif getattr(kind, "name", "") == "Boolean":
            found[narrowing.name] = _yes_or_no(("true", "false"), reader)
    return found


def _yes_or_no(values: Sequence[str], reader: Localisation) -> list[tuple[str, str]]:
    answers = (mark("yes"), mark("no"))
    return [(value, reader.text(answer)) for value, answer in zip(values, answers, strict=True)]
