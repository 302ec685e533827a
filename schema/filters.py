"""The typed filters of every scalar and enumeration, and the direction of an order."""

from __future__ import annotations

import datetime
import sys
from decimal import Decimal
from enum import Enum
from typing import Any, Final

import strawberry
from strawberry.annotation import StrawberryAnnotation

from schema.making import Part, make_input

OPERATORS: Final = {
    "eq": "Equal to this value.",
    "ne": "Not equal to this value; an empty one counts as different.",
    "in_": "One of these values.",
    "not_in": "None of these values.",
    "gt": "Greater than (after, for dates) this value.",
    "gte": "This value or greater (later).",
    "lt": "Less than (before) this value.",
    "lte": "This value or less (earlier).",
    "contains": "Contains this text, whatever its letters, digits, spaces and joiners are encoded as.",
    "starts_with": "Starts with this text, compared in the same way.",
    "is_null": "Is empty (true) or is not (false).",
}
_EQUALITY: Final = ("eq", "ne", "in_", "not_in", "is_null")
_RANGE: Final = ("gt", "gte", "lt", "lte")
_TEXT: Final = ("contains", "starts_with")
_LISTED: Final = ("in_", "not_in")


@strawberry.enum(description="The direction of an order; what is empty comes last when ascending.")
class OrderDirection(Enum):
    """ASC from small to great, DESC the other way round."""

    ASC = strawberry.enum_value("ASC", description="صعودی — Ascending; what is empty comes last")
    DESC = strawberry.enum_value("DESC", description="نزولی — Descending; what is empty comes first")


def filter_of(kind: Any) -> type:
    """Return the filter type of a scalar or of an enumeration, made once."""
    if kind not in _FILTERS:
        name = f"{_name(kind)}Filter"
        _FILTERS[kind] = _make(name, kind, _operators(kind), f"A condition on {_article(kind)}.")
    return _FILTERS[kind]


def _operators(kind: object) -> tuple[str, ...]:
    if kind is bool:
        return ("eq", "is_null")
    if kind is str:
        return (*_EQUALITY, *_RANGE, *_TEXT)
    if kind in {int, float, Decimal, datetime.date, datetime.datetime}:
        return (*_EQUALITY, *_RANGE)
    return _EQUALITY


def _make(name: str, kind: Any, operators: tuple[str, ...], description: str) -> type:
    parts: dict[str, Part] = {}
    for operator in operators:
        value = bool if operator == "is_null" else list[kind] if operator in _LISTED else kind
        parts[operator] = (StrawberryAnnotation(value).resolve(), OPERATORS[operator])
    made = make_input(name, __name__, parts, description)
    setattr(sys.modules[__name__], name, made)
    return made


def _name(kind: Any) -> str:
    return _NAMES[kind] if kind in _NAMES else str(kind.__name__)


def _article(kind: Any) -> str:
    return f"a value of {_name(kind)}"


_NAMES: Final[dict[Any, str]] = {
    str: "String",
    int: "Int",
    float: "Float",
    bool: "Boolean",
    Decimal: "Decimal",
    datetime.date: "Date",
    datetime.datetime: "DateTime",
    strawberry.ID: "ID",
}
_FILTERS: Final[dict[Any, type]] = {}
