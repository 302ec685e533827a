"""Reads from an input object what was given, so that an absent field differs from an empty one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import strawberry
from strawberry.utils.str_converters import to_camel_case

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

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


def where_given(given: object, column: str, text: str) -> tuple[str, ...]:
    """Return the path at which the text of a column was given; none when it was not given at all."""
    places = [path for path, value in _texts(given, ()) if value == text]
    named = [path for path in places if path[-1] == to_camel_case(column)]
    return next(iter(named or places), ())


def _texts(given: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every text of an input with its path, through lists and inner inputs."""
    if isinstance(given, str):
        yield path, given
    elif isinstance(given, list):
        for index, part in enumerate(given):
            yield from _texts(part, (*path, str(index)))
    elif is_dataclass(given):
        for part in fields(given):
            yield from _texts(getattr(given, part.name), (*path, to_camel_case(part.name)))
