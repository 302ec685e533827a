"""Orders and cursors: what a list is sorted by, and the condition that continues after a cursor."""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import re
from collections.abc import Callable  # noqa: TC003 - the table of readers is annotated when it is made
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import orjson
from strawberry.utils.str_converters import to_camel_case

from schema.filters import OrderDirection
from services.graphql.compiler.catalog import Scalar, ToOne
from services.graphql.compiler.plan import OrderTerm
from services.graphql.compiler.slots import Arguments, ArgumentSlot, InputRefused
from services.graphql.compiler.sql import Sql, Value, conjunction, join, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from services.graphql.compiler.catalog import ObjectType
    from services.graphql.compiler.context import PlanningContext

TERMS_LIMIT: Final = 6
_ALIAS: Final = re.compile(r"\bt\d+\b")


def order_of(
    context: PlanningContext, type_: ObjectType, alias: str, wanted: Sequence[Mapping[str, Any]] | None
) -> tuple[OrderTerm, ...]:
    """Return the terms of an order, always ending with the id so that no two rows are equal."""
    if wanted and len(wanted) > TERMS_LIMIT:
        raise InputRefused(f"An order takes at most {TERMS_LIMIT} fields.")
    if wanted:
        terms = tuple(_wanted(context, type_, alias, item) for item in wanted)
    else:
        terms = tuple(_declared(context, type_, alias, column) for column in type_.order)
    return (*terms, OrderTerm((f"{alias}.id",), "uuid", descending=False, nullable=False))


def _declared(context: PlanningContext, type_: ObjectType, alias: str, column: str) -> OrderTerm:
    field = type_.fields.get(to_camel_case(column))
    if isinstance(field, Scalar):
        return _term(context, field, alias, descending=False)
    return OrderTerm((f"{alias}.{column}",), "uuid", descending=False, nullable=False)


def _wanted(context: PlanningContext, type_: ObjectType, alias: str, item: Mapping[str, Any]) -> OrderTerm:
    name, value = next(iter(item.items()))
    field = type_.fields[name]
    if isinstance(field, Scalar):
        return _term(context, field, alias, descending=value in {OrderDirection.DESC, "DESC"})
    if not isinstance(field, ToOne):
        raise InputRefused(f"`{name}` cannot be ordered by.")
    target, inner = context.catalog.type(field.target), context.alias()
    found = _wanted(context, target, inner, value)
    return OrderTerm(
        text(
            "(select ",
            found.value,
            f" from {target.table} {inner} where ",
            conjunction(
                [
                    (f"{inner}.{field.far} = {alias}.{field.near}",),
                    context.visible(target, inner, proved=field.same_cluster),
                ]
            ),
            ")",
        ),
        found.type,
        found.descending,
        nullable=True,
    )


def _term(context: PlanningContext, field: Scalar, alias: str, *, descending: bool) -> OrderTerm:
    return OrderTerm(context.expression(field.sort, alias), field.sort_type, descending, field.nullable)


def signature_of(type_name: str, order: Sequence[OrderTerm]) -> str:
    """Return a short name of an order; a cursor carries it so that it is never used with another.

    The alias is left out: a cursor is as good in another document, where the list stands elsewhere.
    """
    shape = repr([(_ALIAS.sub("t1", "".join(map(str, term.value))), term.descending) for term in order[:-1]])
    return hashlib.blake2s(f"{type_name} {shape}".encode(), digest_size=4).hexdigest()


def reversed_order(order: Sequence[OrderTerm]) -> tuple[OrderTerm, ...]:
    """Return the same order read from its end."""
    return tuple(OrderTerm(term.value, term.type, not term.descending, term.nullable) for term in order)


def continued(order: Sequence[OrderTerm], arguments: Arguments, name: str, signature: str) -> Sql:
    """Return the condition of rows that come after the cursor in the order given."""
    values = [
        Value(
            ArgumentSlot(arguments, (name,), _cursor_part(signature, index, len(order), term.type)), term.type
        )
        for index, term in enumerate(order)
    ]
    if len({term.descending for term in order}) == 1 and not any(term.nullable for term in order):
        sign = "<" if order[0].descending else ">"
        return text(
            "(",
            join(", ", [term.value for term in order]),
            f") {sign} (",
            join(", ", [(value,) for value in values]),
            ")",
        )
    branches: list[Sql] = []
    for index, term in enumerate(order):
        equal = [
            text(before.value, " is not distinct from ", value)
            for before, value in zip(order[:index], values[:index], strict=True)
        ]
        branches.append(text("(", join(" and ", [*equal, _beyond(term, values[index])]), ")"))
    return text("(", join(" or ", branches), ")")


def _beyond(term: OrderTerm, value: Value) -> Sql:
    """Return the condition of being after a value; what is empty comes last ascending, first descending."""
    if not term.nullable:
        return text(term.value, " < " if term.descending else " > ", value)
    if term.descending:
        return text(
            "(", term.value, " < ", value, " or (", term.value, " is not null and ", value, " is null))"
        )
    return text("(", term.value, " > ", value, " or (", term.value, " is null and ", value, " is not null))")


def cursor_expression(keys: Sequence[Sql], signature: str) -> Sql:
    """Return the SQL of a cursor: the order's name, the row's keys as texts and its id, in base64."""
    return text(
        "translate(encode(convert_to(json_build_array('",
        signature,
        "'::text, ",
        join(", ", keys),
        ")::text, 'UTF8'), 'base64'), E'\\n', '')",
    )


def cursor_keys(order: Sequence[OrderTerm]) -> tuple[Sql, ...]:
    """Return the keys of a row that its cursor carries, as texts."""
    return tuple(text("(", term.value, ")::text") for term in order)


def _cursor_part(signature: str, index: int, count: int, kind: str) -> Callable[[Any], Any]:
    def convert(cursor: Any) -> object:
        parts = _opened(cursor)
        if len(parts) != count + 1 or parts[0] != signature:
            raise InputRefused(
                "This cursor belongs to another order or list: start without it.", "INVALID_CURSOR"
            )
        return _typed(parts[index + 1], kind)

    return convert


def key_of(cursor: object, signature: str) -> str:
    """Return the first key of a cursor of a list that is ordered by one text.

    Raises:
        InputRefused: it is no cursor, or one of another order.
    """
    return str(_cursor_part(signature, 0, 2, "text")(cursor))


def _opened(cursor: Any) -> list[Any]:
    try:
        parts = orjson.loads(base64.b64decode(str(cursor).encode("ascii"), validate=True))
    except (ValueError, binascii.Error, UnicodeError) as error:
        raise InputRefused("This is no cursor: pass one that the API returned.", "INVALID_CURSOR") from error
    if not isinstance(parts, list) or not all(part is None or isinstance(part, str) for part in parts):
        raise InputRefused("This is no cursor: pass one that the API returned.", "INVALID_CURSOR")
    return parts


def _typed(part: str | None, kind: str) -> object:
    """Check that a key has its type, so that PostgreSQL is never asked to read nonsense."""
    if part is None:
        return None
    try:
        return _READERS[kind](part)
    except (ValueError, KeyError, ArithmeticError) as error:
        raise InputRefused("This cursor is damaged: start without it.", "INVALID_CURSOR") from error


def _text(part: str) -> str:
    if "\x00" in part:
        raise ValueError(part)
    return part


def _boolean(part: str) -> bool:
    return {"true": True, "false": False}[part]


def _integer(part: str) -> int:
    number = int(part)
    if not -(2**63) <= number < 2**63:
        raise ValueError(part)
    return number


def _instant(part: str) -> datetime.datetime:
    # PostgreSQL writes an offset of whole hours with two digits.
    return datetime.datetime.fromisoformat(part if part[-6:-5] in "+-" else f"{part}:00")


_READERS: Final[dict[str, Callable[[str], object]]] = {
    "text": _text,
    "uuid": UUID,
    "bigint": _integer,
    "boolean": _boolean,
    "double precision": float,
    "numeric": Decimal,
    "date": datetime.date.fromisoformat,
    "timestamptz": _instant,
}
