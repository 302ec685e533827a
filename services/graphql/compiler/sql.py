"""Typed pieces of SQL: text that we wrote, and values that only ever travel as parameters."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from services.graphql.compiler.slots import Slot


@dataclass(frozen=True, slots=True)
class Value:
    """A value that will be a parameter, with the PostgreSQL type it is read as."""

    slot: Slot
    type: str


Sql = tuple[str | Value, ...]

TRUE: Final[Sql] = ("true",)
FALSE: Final[Sql] = ("false",)
_FORMATTER: Final = Formatter()
_OPEN, _CLOSE = "\x02", "\x03"


def text(*parts: str | Value | Sql) -> Sql:
    """Put pieces together into one."""
    pieces: list[str | Value] = []
    for part in parts:
        if isinstance(part, tuple):
            pieces.extend(part)
        else:
            pieces.append(part)
    return tuple(pieces)


def literal(value: str) -> str:
    """Quote a text of our own (a key, a type name); never used for what a client sent as a value.

    The quotes are marks until `settled`, so that neighbouring literals can become one.
    """
    return _OPEN + value.replace("'", "''") + _CLOSE


def marked(fragment: str) -> str:
    """Turn the quotes of a fragment of ours into the marks of `literal`, in pairs."""
    pieces = fragment.split("'")
    return "".join(
        piece if index == 0 else (_OPEN if index % 2 else _CLOSE) + piece
        for index, piece in enumerate(pieces)
    )


def settled(sql: Sql) -> Sql:
    """Join neighbouring literals and turn the marks into quotes: `'{"a":' || '"x"'` is one literal."""
    pieces: list[str | Value] = []
    for piece in sql:
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return tuple(
        piece.replace(_CLOSE + " || " + _OPEN, "").replace(_OPEN, "'").replace(_CLOSE, "'")
        if isinstance(piece, str)
        else piece
        for piece in pieces
    )


def join(separator: str, pieces: Iterable[Sql]) -> Sql:
    """Put pieces together with a separator between them."""
    joined: list[str | Value] = []
    for index, piece in enumerate(pieces):
        if index:
            joined.append(separator)
        joined.extend(piece)
    return tuple(joined)


def conjunction(conditions: Iterable[Sql]) -> Sql:
    """All of the conditions; `true` when there is none."""
    kept = [condition for condition in conditions if condition != TRUE]
    return join(" and ", kept) if kept else TRUE


def expand(template: str, names: Mapping[str, Sql]) -> Sql:
    """Fill the `{name}` blanks of a declared expression with pieces; doubled braces are braces."""
    pieces: list[str | Value] = []
    for constant, name, _, _ in _FORMATTER.parse(template):
        if constant:
            pieces.append(constant)
        if name is not None:
            pieces.extend(names[name])
    return tuple(pieces)
