"""The shape of variables: everything about their values that a plan depends on, and nothing else.

Two requests with equal shapes share one statement; only its parameters differ.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Shape = Any


def shape_of(variables: Mapping[str, Any]) -> Shape:
    """Return the shape of coerced variables."""
    return tuple((name, _shape(value)) for name, value in variables.items())


def _shape(value: Any) -> Shape:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, str):
        return _id_type(value)
    if isinstance(value, dict):
        return tuple((name, _shape(part)) for name, part in value.items())
    if isinstance(value, list):
        return tuple(_shape(part) for part in value)
    return ""


def _id_type(text: str) -> str:
    """Tell global ids of different types apart, since `node` reads from the type's own table."""
    uuid_length = 36
    prefix, separator, rest = text.partition("_")
    return prefix if separator and len(rest) == uuid_length and prefix.isalpha() else ""
