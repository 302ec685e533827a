"""What a statement will be, as frozen data without behaviour: the planner's output, the renderer's input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schema.facts import Facts
    from services.graphql.compiler.scalars import Codec
    from services.graphql.compiler.slots import Slot
    from services.graphql.compiler.sql import Sql, Value


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar member of an object."""

    key: str
    value: Sql
    codec: Codec
    nullable: bool


@dataclass(frozen=True, slots=True)
class Constant:
    """A member whose JSON is known before the statement runs: `__typename`, introspection, what is hidden."""

    key: str
    json: str


@dataclass(frozen=True, slots=True)
class OrderTerm:
    """One step of an order."""

    value: Sql
    type: str
    descending: bool
    nullable: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Rows to read: a table or a select under an alias, its condition and order."""

    relation: Sql
    alias: str
    condition: Sql
    order: tuple[OrderTerm, ...] = ()


@dataclass(frozen=True, slots=True)
class Single:
    """An object from at most one row, or null."""

    key: str
    source: Source
    members: tuple[Member, ...]
    nullable: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of objects without paging."""

    key: str
    source: Source
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An object without a row of its own: its members stand on their own."""

    key: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list whose elements are planned one by one (`nodes`)."""

    key: str
    elements: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class FactsOf:
    """The facts of a row, to be answered by a rule once they are read."""

    key: str
    expressions: tuple[tuple[str, Sql], ...]


@dataclass(frozen=True, slots=True)
class Nodes:
    """`nodes` of a page."""

    key: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class EdgePart:
    """`cursor`, `node` or `__typename` of an edge; `members` are the node's."""

    key: str
    kind: str
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Edges:
    """`edges` of a page."""

    key: str
    parts: tuple[EdgePart, ...]


@dataclass(frozen=True, slots=True)
class PageInfo:
    """`pageInfo` of a page: its keys and what each asks for."""

    key: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TotalCount:
    """`totalCount` of a page: a count over the condition without the cursor."""

    key: str
    condition: Sql


PagePart = Nodes | Edges | PageInfo | TotalCount | Constant


@dataclass(frozen=True, slots=True)
class Page:
    """A connection: one page of an ordered, filtered list."""

    key: str
    source: Source
    parts: tuple[PagePart, ...]
    size: Value
    backward: bool
    continued: bool
    signature: str


Member = Leaf | Constant | Single | Listing | Group | Sequence | Page | FactsOf


@dataclass(frozen=True, slots=True)
class Question:
    """Where in the answer a rule has to speak: the path (`*` for every item) and what is selected."""

    path: tuple[str, ...]
    facts: Facts[Any]
    rule: Any
    selection: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Charge:
    """A part of the cost: its weight times the sizes of the pages around it."""

    weight: int
    sizes: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a statement needs."""

    members: tuple[Member, ...]
    questions: tuple[Question, ...]
    charges: tuple[Charge, ...]
