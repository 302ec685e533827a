"""How a scalar travels: as JSON out of PostgreSQL, and as a parameter into it."""

from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import strawberry
from strawberry.scalars import JSON

from schema.identity import UnusableId, read_global_id
from schema.text import UnusableText, code, sort_key, squash
from services.graphql.compiler.slots import InputRefused

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Codec:
    """A scalar's JSON expression (`{}` is the value) and its parameter type."""

    name: str
    json: str
    parameter: str


TEXT: Final = Codec("text", "to_json({})::text", "text")
TERM: Final = Codec("term", "'\"' || {} || '\"'", "text")
PLAIN: Final = Codec("plain", "({})::text", "bigint")
FLOAT: Final = Codec("float", "({})::text", "double precision")
BOOLEAN: Final = Codec("boolean", "({})::text", "boolean")
DATE: Final = Codec("date", "'\"' || ({}) || '\"'", "date")
DECIMAL: Final = Codec("decimal", "'\"' || ({}) || '\"'", "numeric")
INSTANT: Final = Codec(
    "instant",
    "'\"' || to_char(({}) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') || '\"'",
    "timestamptz",
)
UUID: Final = Codec("uuid", "'\"' || ({}) || '\"'", "uuid")
DOCUMENT: Final = Codec("document", "({})::text", "jsonb")
LIST: Final = Codec("list", "to_json({})::text", "text[]")

_BY_TYPE: Final[dict[object, Codec]] = {
    str: TEXT,
    int: PLAIN,
    float: FLOAT,
    bool: BOOLEAN,
    Decimal: DECIMAL,
    datetime.date: DATE,
    datetime.datetime: INSTANT,
    strawberry.ID: UUID,
    JSON: DOCUMENT,
}


def codec_of(kind: Any) -> Codec | None:
    """Return the codec of a scalar or an enumeration, or None if there is none."""
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return TERM
    return _BY_TYPE.get(kind)


def global_id_of(type_name: str) -> Codec:
    """Return the codec of the ids of a type: the row's uuid behind the type's name."""
    return Codec("id", f"'\"{type_name}_' || {{}} || '\"'", "uuid")


def as_parameter(value: Any) -> object:
    """Turn a coerced value into what the driver takes; terms travel as their wire names."""
    if isinstance(value, list):
        return [as_parameter(item) for item in value]
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, str) and "\x00" in value:
        raise InputRefused("A text cannot hold the character U+0000: remove it.")
    return value


def as_search_key(value: Any) -> object:
    """Fold a text in the way the search keys are folded."""
    if isinstance(value, list):
        return [as_search_key(item) for item in value]
    return squash(str(as_parameter(value)))


def as_code(value: Any) -> object:
    """Read a code as it was meant, in whatever digits it was typed."""
    try:
        return code(str(as_parameter(value)))
    except UnusableText as unusable:
        raise InputRefused(str(unusable)) from unusable


def as_sort_key(value: Any) -> object:
    """Turn a text into its key in the Persian order."""
    return sort_key(str(as_parameter(value)))


def as_contained(value: Any) -> object:
    """Make the pattern of a text that is contained."""
    return f"%{_escaped(value)}%"


def as_beginning(value: Any) -> object:
    """Make the pattern of a text that stands at the beginning."""
    return f"{_escaped(value)}%"


def as_contained_plain(value: Any) -> object:
    """Make the pattern of a code that is contained; codes are compared as they are."""
    return f"%{_escape(str(as_parameter(value)))}%"


def as_beginning_plain(value: Any) -> object:
    """Make the pattern of a code that stands at the beginning."""
    return f"{_escape(str(as_parameter(value)))}%"


def row_id(type_name: str) -> Callable[[Any], object]:
    """Make the converter of a global id of one type."""

    def convert(value: Any) -> object:
        if isinstance(value, list):
            return [convert(item) for item in value]
        found, identity = split_id(value)
        if found != type_name:
            raise InputRefused(f"This is the id of a {found}: pass the id of a {type_name}.", "INVALID_ID")
        return identity

    return convert


def split_id(value: Any) -> tuple[str, object]:
    """Read a global id.

    Raises:
        InputRefused: it is none.
    """
    try:
        return read_global_id(str(value))
    except UnusableId as error:
        raise InputRefused(f"Invalid id: {str(error).rstrip('.')}.", "INVALID_ID") from error


def _escaped(value: Any) -> str:
    return _escape(str(as_search_key(value)))


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
