"""What is declared of a public type: its columns and relations as data, which the compiler's catalog is built from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tortoise import Model

    from schema.decision import Permission
    from schema.facts import Facts
    from schema.scopes import Restriction, Scope


@dataclass(frozen=True, slots=True)
class Column:
    """A scalar: a column of the row, or an SQL expression over the row `{t}` and `{today}`."""

    sql: str | None = None
    search: str | None = None
    sort: str | None = None
    restricted: Restriction | None = None
    filterable: bool = True
    orderable: bool = True


@dataclass(frozen=True, slots=True)
class One:
    """A relation to at most one row of another type: `{near}` here equals `{far}` there."""

    noun: str
    target: str
    near: str
    far: str = "id"


@dataclass(frozen=True, slots=True)
class Many:
    """A relation to many rows: theirs whose `far` is our `near`, or through a joining table."""

    noun: str
    target: str
    far: str
    near: str = "id"
    through: str | None = None
    through_near: str | None = None
    through_far: str | None = None
    where: str | None = None
    paged: bool = True


@dataclass(frozen=True, slots=True)
class Derived:
    """Rows without identity, computed by a select; `{Type}` in it is that type within scope."""

    target: str
    sql: str
    many: bool = True


@dataclass(frozen=True, slots=True)
class Decided:
    """A field that a pure rule answers from the facts of the row (`permittedActions`)."""

    facts: Facts[Any]
    rule: Callable[..., tuple[Permission, ...]]


Declaration = Column | One | Many | Derived | Decided


@dataclass(frozen=True, slots=True)
class Entity:
    """What the catalog needs to know of a public type: its rows, its scope, its first order."""

    name: str
    graph: type
    row: type[Model]
    scope: Scope
    plural: str
    order: tuple[str, ...]
    root: bool
