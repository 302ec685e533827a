"""Turn the parameters of a URL into the variables of a document, following the types the schema declares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    get_named_type,
)

from schema.calendar import TEHRAN, UnusableDate, parse_date
from schema.text import UnusableText, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from web.documents import Operation

SORT: Final = "sort"


class NotAcceptable(ValueError):
    """A text cannot be a value of the type asked for; `code` says which sentence explains it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Filter:
    """One narrowing of a list: its name in the URL and the dotted places in the filter input it sets.

    Several places are joined by `or`, which is how one search box looks through several names.
    A place ending in `in` takes several values. `options` names a root field of the page's own answer
    or nothing when the type is an enumeration; `enumeration` names the words of a text that has some,
    `words` are the values meant by yes and by no. `besides` are places and values that hold together with it
    for the very same thing: a phase of this code *and* under way, not one of each.
    """

    name: str
    label: str
    places: tuple[str, ...]
    options: str = ""
    hint: str = ""
    enumeration: str = ""
    words: tuple[str, ...] = ()
    besides: tuple[tuple[str, str], ...] = ()

    @property
    def searches(self) -> bool:
        """Whether this is the search box, which is wider and stands first."""
        return self.name == "search"


@dataclass(frozen=True)
class Order:
    """One way to sort a list: its name in the URL and the dotted field of the order input.

    `last_first` is for logs, which begin with what happened last unless the reader sorts them.
    """

    name: str
    label: str
    field: str
    last_first: bool = False


@dataclass(frozen=True)
class Question:
    """What a URL asks of a page: the variables for its document and what was not understood."""

    variables: Mapping[str, object]
    refused: Mapping[str, str]


def read_question(
    operation: Operation,
    path: Mapping[str, str],
    query: Mapping[str, Sequence[str]],
    filters: Sequence[Filter] = (),
    orders: Sequence[Order] = (),
    page_size: int = 25,
) -> Question:
    """Fill the operation's variables from path, query, filters and order; leave out what is empty."""
    variables: dict[str, object] = {}
    refused: dict[str, str] = {}
    types = operation.variables
    for name, values in [*((name, [value]) for name, value in path.items()), *query.items()]:
        if name in types and name not in {"filter", "orderBy", "first", "last"} and any(values):
            try:
                variables[name] = read_value(types[name], list(values))
            except NotAcceptable as problem:
                refused[name] = problem.code
    if "filter" in types:
        conditions = _conditions(get_named_type(types["filter"]), query, filters, refused)
        if conditions:
            variables["filter"] = conditions[0] if len(conditions) == 1 else {"and": conditions}
    if "orderBy" in types:
        variables["orderBy"] = _order(query.get(SORT, ()), orders)
    if "first" in types:
        backwards = bool(variables.get("before")) and "last" in types
        variables["last" if backwards else "first"] = page_size
    return Question(variables, refused)


def _conditions(
    kind: GraphQLNamedType,
    query: Mapping[str, Sequence[str]],
    filters: Sequence[Filter],
    refused: dict[str, str],
) -> list[dict[str, object]]:
    conditions: list[dict[str, object]] = []
    for narrowing in filters:
        values = [value.strip() for value in query.get(narrowing.name, ()) if value.strip()]
        if not values:
            continue
        try:
            alternatives: list[dict[str, object]] = [
                _together(
                    _nest(place.split("."), read_value(type_at(kind, place), values)),
                    *(
                        _nest(other.split("."), read_value(type_at(kind, other), [fixed]))
                        for other, fixed in narrowing.besides
                    ),
                )
                for place in narrowing.places
            ]
        except NotAcceptable as problem:
            refused[narrowing.name] = problem.code
            continue
        conditions.append(alternatives[0] if len(alternatives) == 1 else {"or": alternatives})
    return conditions


def _nest(steps: Sequence[str], value: object) -> dict[str, object]:
    nested: object = value
    for step in reversed(steps):
        nested = {step: nested}
    return nested if isinstance(nested, dict) else {}


def _together(condition: dict[str, object], *others: Mapping[str, object]) -> dict[str, object]:
    """Put conditions into one, so that those of one relation are asked of one thing."""
    for other in others:
        for step, value in other.items():
            here = condition.get(step)
            if isinstance(here, dict) and isinstance(value, dict):
                condition[step] = _together({**here}, value)
            else:
                condition[step] = value
    return condition


def type_at(kind: GraphQLNamedType, place: str) -> GraphQLInputType:
    """Follow a dotted place through input types to the type of the value at its end."""
    current: GraphQLInputType | None = None
    here: GraphQLNamedType = kind
    for step in place.split("."):
        if not isinstance(here, GraphQLInputObjectType) or step not in here.fields:
            raise LookupError(f"{kind.name} has no place {place!r}: {here.name} has no field {step!r}")
        current = here.fields[step].type
        here = get_named_type(current)
    if current is None:
        raise LookupError(f"{kind.name} has no place {place!r}")
    return current


def _order(wanted: Sequence[str], orders: Sequence[Order]) -> list[dict[str, object]]:
    asked = wanted[0] if wanted else ""
    chosen = next((order for order in orders if order.name == asked.removeprefix("-")), None)
    if chosen is None:
        chosen = orders[0] if orders else None
        asked = "-" if chosen and chosen.last_first else ""
    if chosen is None:
        return []
    return [_nest(chosen.field.split("."), "DESC" if asked.startswith("-") else "ASC")]


def read_value(kind: GraphQLInputType, values: Sequence[str]) -> object:
    """Read what a person typed or chose as a value of a GraphQL type, accepting Persian digits and dates."""
    if isinstance(kind, GraphQLNonNull):
        return read_value(kind.of_type, values)
    if isinstance(kind, GraphQLList):
        return [read_value(kind.of_type, [value]) for value in values if value.strip()]
    return _read_scalar(kind, values[-1].strip())


def _read_scalar(kind: GraphQLInputType, text: str) -> object:
    if isinstance(kind, GraphQLEnumType):
        if text not in kind.values:
            raise NotAcceptable("NOT_A_CHOICE")
        return text
    read = _READERS.get(getattr(kind, "name", ""))
    return read(text) if read else text


def _whole(text: str) -> int:
    return int(_number(text, r"-?[0-9]{1,18}", "NOT_A_WHOLE_NUMBER"))


def _fraction(text: str) -> float:
    return float(_decimal(text))


def _decimal(text: str) -> str:
    return _number(text, r"-?[0-9]{1,24}(\.[0-9]{1,9})?", "NOT_A_NUMBER")


def _switch(text: str) -> bool:
    return text in {"true", "on", "1"}


def _day(text: str) -> str:
    try:
        return parse_date(text).isoformat()
    except UnusableDate:
        raise NotAcceptable("NOT_A_DATE") from None


def _moment(text: str) -> str:
    """Read a day as its beginning in Tehran, or a moment as it is."""
    if "T" in text:
        try:
            return datetime.fromisoformat(text).isoformat()
        except ValueError:
            raise NotAcceptable("NOT_A_DATE") from None
    return datetime.combine(date.fromisoformat(_day(text)), time.min, TEHRAN).isoformat()


def _number(text: str, pattern: str, code: str) -> str:
    try:
        plain = str(number(text))
    except UnusableText:
        raise NotAcceptable(code) from None
    if not re.fullmatch(pattern, plain):
        raise NotAcceptable(code)
    return plain


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "Int": _whole,
    "Float": _fraction,
    "Decimal": _decimal,
    "Boolean": _switch,
    "Date": _day,
    "DateTime": _moment,
}
