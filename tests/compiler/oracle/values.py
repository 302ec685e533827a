"""What a value is to the oracle: how it is compared, sorted and shown, and where two answers differ."""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from strawberry.utils.str_converters import to_camel_case

from schema.graph import ENTITIES, declarations
from schema.text import sort_key, squash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schema.declaration import Column

# A value of a column, of a filter or of an answer: whatever JSON and PostgreSQL know.
Found = Any


@cache
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
            return searched(column, other) in searched(column, value)
        case "startsWith":
            return searched(column, value).startswith(searched(column, other))
    left: Found = value
    right: Found = Decimal(other) if isinstance(value, Decimal) else other
    if isinstance(value, datetime.date):
        left = value.isoformat()
    return bool(
        {"gt": left > right, "gte": left >= right, "lt": left < right, "lte": left <= right}[operator]
    )


def searched(column: Column, value: str) -> str:
    """Return what is searched: names and long texts by their folded form, codes as they are."""
    return value if column.search is None else squash(value)


def plain(column: Column, value: Found) -> Found:
    """Return what equality compares: names by their folded form, everything else as it is."""
    if column.search is not None:
        return squash(value)
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def differences(left: Found, right: Found, path: str = "") -> list[str]:
    """Say where two answers differ, a line for every place."""
    if isinstance(left, dict) and isinstance(right, dict) and left.keys() == right.keys():
        return [line for key in left for line in differences(left[key], right[key], f"{path}.{key}")]
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        pairs = enumerate(zip(left, right, strict=True))
        return [line for place, pair in pairs for line in differences(*pair, f"{path}.{place}")]
    return [] if left == right else [f"{path}: {left!r} is compiled, {right!r} is resolved"]


def shown(type_name: str, name: str, value: Found) -> Found:
    """Return a value as the API shows it."""
    if name == "id":
        return f"{type_name}_{value}"
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
