"""Reads from an input object what was given, so that an absent field differs from an empty one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import strawberry

if TYPE_CHECKING:
    from collections.abc import Collection

_OF_EVERY_COMMAND = frozenset({"id", "expected_revision", "idempotency_key"})


def given_values(given: object, *, without: Collection[str] = ()) -> dict[str, object]:
    """Return the fields of an input that were given, by the name of their column."""
    if not is_dataclass(given):
        raise TypeError(f"{given!r} is not an input.")
    values = {part.name: getattr(given, part.name) for part in fields(given)}
    return {
        name: value
        for name, value in values.items()
        if value is not strawberry.UNSET and name not in _OF_EVERY_COMMAND and name not in without
    }
