"""From a plan to one SQL statement that returns the JSON; no decisions are left here.

Text is concatenated instead of built with `json_build_object`, which takes PostgreSQL noticeably
longer; what may be null is wrapped so that a null never swallows the whole text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import orjson

from services.graphql.compiler import plan as parts
from services.graphql.compiler.ordering import cursor_expression, cursor_keys, reversed_order
from services.graphql.compiler.sql import TRUE, Sql, Value, join, literal, marked, settled, text

if TYPE_CHECKING:
    from services.graphql.compiler.slots import Slot

_ROWS: Final = "page"


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL text with `$n` and where the value of each `$n` comes from."""

    sql: str
    slots: tuple[Slot, ...]


def render(members: tuple[parts.Member, ...]) -> Statement:
    """Render a plan's members as one statement that returns the bytes of `{…}`.

    Bytes, because the driver would decode a text into a string that we had to encode again.
    """
    return number(text("select convert_to(", _object(members), ", 'UTF8')"))


def number(sql: Sql) -> Statement:
    """Give every value its `$n`; equal values of equal type share one."""
    writer = _Writer()
    return Statement("".join(writer.write(piece) for piece in settled(sql)), tuple(writer.slots))


@dataclass(slots=True)
class _Writer:
    slots: list[Slot] = field(default_factory=list)
    numbers: dict[tuple[object, str], int] = field(default_factory=dict)

    def write(self, piece: str | Value) -> str:
        if isinstance(piece, str):
            return piece
        key = (piece.slot, piece.type)
        if key not in self.numbers:
            self.slots.append(piece.slot)
            self.numbers[key] = len(self.slots)
        return f"${self.numbers[key]}::{piece.type}"


def _object(members: tuple[parts.Member, ...]) -> Sql:
    return _braced([(member.key, _json(member)) for member in members])


def _braced(pairs: list[tuple[str, Sql]]) -> Sql:
    """Concatenate keys and values to an object."""
    if not pairs:
        return (literal("{}"),)
    pieces = [
        text(literal(f"{'{' if index == 0 else ','}{orjson.dumps(key).decode()}:"), " || ", value)
        for index, (key, value) in enumerate(pairs)
    ]
    return text(join(" || ", pieces), " || ", literal("}"))


def _json(member: parts.Member) -> Sql:  # noqa: PLR0911 - one answer for each kind of member
    match member:
        case parts.Leaf():
            return _leaf(member)
        case parts.Constant():
            return (literal(member.json),)
        case parts.Single():
            return _single(member)
        case parts.Listing():
            return _listing(member)
        case parts.Group():
            return _object(member.members)
        case parts.Sequence():
            return _sequence(member)
        case parts.FactsOf():
            return _facts(member)
        case parts.Page():
            return _page(member)


def _leaf(leaf: parts.Leaf) -> Sql:
    before, after = marked(leaf.codec.json).split("{}")
    value = text(before, leaf.value, after)
    return text("coalesce(", value, ", 'null')") if leaf.nullable else value


def _single(single: parts.Single) -> Sql:
    read = text("(select ", _object(single.members), _from(single.source), ")")
    return text("coalesce(", read, ", 'null')") if single.nullable else read


def _listing(listing: parts.Listing) -> Sql:
    inner = text("select ", _object(listing.members), " as item", _from(listing.source))
    return text("(select '[' || coalesce(string_agg(item, ','), '') || ']' from (", inner, f") {_ROWS})")


def _sequence(sequence: parts.Sequence) -> Sql:
    if not sequence.elements:
        return ("'[]'",)
    return text("'[' || ", join(" || ',' || ", [_json(element) for element in sequence.elements]), " || ']'")


def _facts(facts: parts.FactsOf) -> Sql:
    pairs = [
        (name, text("coalesce(to_json(", value, ")::text, 'null')")) for name, value in facts.expressions
    ]
    return text("(", _braced(pairs), ")")


def _from(source: parts.Source) -> Sql:
    pieces: list[str | Value | Sql] = [" from ", source.relation, f" {source.alias}"]
    if source.condition != TRUE:
        pieces += [" where ", source.condition]
    if source.order:
        pieces += [" order by ", _order(source.order)]
    return text(*pieces)


def _order(order: tuple[parts.OrderTerm, ...]) -> Sql:
    return join(", ", [text(term.value, " desc" if term.descending else "") for term in order])


def _page(page: parts.Page) -> Sql:
    """Render a page: an ordered, limited select of ready items, put together around it."""
    columns = _Columns(page)
    pairs = [(part.key, columns.part(part)) for part in page.parts]
    if not columns.selected:
        return text("(", _braced(pairs), ")")
    extra = text(page.size, " + 1") if columns.counted else (page.size,)
    inner = text("select ", join(", ", columns.selected), _from(page.source), " limit ", extra)
    if page.backward:
        inner = text("select *, row_number() over () as place from (", inner, ") backward")
    return text("(select ", _braced(pairs), " from (", inner, f") {_ROWS})")


class _Columns:
    """The columns that the parts of a page need from its rows, each only once."""

    def __init__(self, page: parts.Page) -> None:
        self.page = page
        self.selected: list[Sql] = []
        self.counted = any(isinstance(part, parts.PageInfo) for part in page.parts)
        order = reversed_order(page.source.order) if page.backward else page.source.order
        self._keys = cursor_keys(order)
        self._key_columns: list[str] = []

    def part(self, part: parts.PagePart) -> Sql:
        """Return the SQL of a part of the page."""
        match part:
            case parts.Nodes():
                return self._listed(self._column(_object(part.members)))
            case parts.Edges():
                return self._listed(self._column(self._edge(part)))
            case parts.PageInfo():
                return self._page_info(part)
            case parts.TotalCount():
                source = self.page.source
                counted = parts.Source(source.relation, source.alias, part.condition)
                return text("(select count(*)", _from(counted), ")::text")
            case parts.Constant():
                return (literal(part.json),)

    def _column(self, sql: Sql) -> str:
        name = f"c{len(self.selected) + 1}"
        self.selected.append(text(sql, f" as {name}"))
        return name

    def _edge(self, edges: parts.Edges) -> Sql:
        pairs: list[tuple[str, Sql]] = []
        for part in edges.parts:
            if part.kind == "cursor":
                pairs.append(
                    (
                        part.key,
                        text(
                            literal('"'),
                            " || ",
                            cursor_expression(self._keys, self.page.signature),
                            " || ",
                            literal('"'),
                        ),
                    )
                )
            elif part.kind == "node":
                pairs.append((part.key, _object(part.members)))
            else:
                pairs.extend((member.key, _json(member)) for member in part.members)
        return _braced(pairs)

    def _array(self, column: str) -> Sql:
        """Return the items of the page in the list's order, without the one that only tells there is more."""
        if self.page.backward:
            return text(
                f"array_agg({column} order by place desc) filter (where place <= ", self.page.size, ")"
            )
        if self.counted:
            return text(f"(array_agg({column}))[1:", text("(", self.page.size, ")::int"), "]")
        return (f"array_agg({column})",)

    def _listed(self, column: str) -> Sql:
        if not self.page.backward and not self.counted:
            return (f"'[' || coalesce(string_agg({column}, ','), '') || ']'",)
        return text("'[' || coalesce(array_to_string(", self._array(column), ", ','), '') || ']'")

    def _page_info(self, info: parts.PageInfo) -> Sql:
        more = text("(count(*) > ", self.page.size, ")::text")
        known = literal("true" if self.page.continued else "false")
        pairs: list[tuple[str, Sql]] = []
        for key, name in info.parts:
            match name:
                case "hasNextPage":
                    pairs.append((key, (known,) if self.page.backward else more))
                case "hasPreviousPage":
                    pairs.append((key, more if self.page.backward else (known,)))
                case "__typename":
                    pairs.append((key, (literal('"PageInfo"'),)))
                case "startCursor":
                    pairs.append((key, self._edge_cursor("1")))
                case _:
                    size = text("least(count(*), ", self.page.size, ")::int")
                    pairs.append((key, self._edge_cursor(size)))
        if not self.selected:
            self._column(("1",))
        return _braced(pairs)

    def _edge_cursor(self, place: str | Sql) -> Sql:
        """Return the cursor of one row of the page, put together only for that row."""
        if not self._key_columns:
            self._key_columns = [self._column(key) for key in self._keys]
        keys = [text("(", self._array(column), ")[", place, "]") for column in self._key_columns]
        cursor = cursor_expression(keys, self.page.signature)
        return text("case when count(*) > 0 then '\"' || ", cursor, " || '\"' else 'null' end")
