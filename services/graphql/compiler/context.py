"""What the parts of the planner share: the catalog, the viewer's role, aliases, scoped sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from services.graphql.compiler.slots import ContextSlot
from services.graphql.compiler.sql import Sql, Value, conjunction, expand, text

if TYPE_CHECKING:
    from schema.vocabulary import UserRole
    from services.graphql.compiler.catalog import Catalog, ObjectType

VIEWER_VALUES: Final = {
    "today": "date",
    "provinces": "uuid[]",
    "clusters": "uuid[]",
    "institutions": "uuid[]",
    "user": "uuid",
    "agency": "uuid",
}
_VIEWER: Final[dict[str, Sql]] = {
    name: (Value(ContextSlot(name), kind),) for name, kind in VIEWER_VALUES.items()
}


@dataclass(slots=True)
class PlanningContext:
    """One planning: the aliases it has given out so far, for one role."""

    catalog: Catalog
    role: UserRole
    page_limit: int
    aliases: int = field(default=0)

    def alias(self) -> str:
        """Give out the next alias, in order of appearance."""
        self.aliases += 1
        return f"t{self.aliases}"

    def expression(self, template: str, alias: str) -> Sql:
        """Fill a declared expression for a row under an alias."""
        return expand(template, self._blanks(alias))

    def _blanks(self, alias: str) -> dict[str, Sql]:
        return {"t": (alias,), "role": (f"'{self.role.value}'",), **_VIEWER}

    def visible(self, type_: ObjectType, alias: str, *, removed: bool = False, proved: bool = False) -> Sql:
        """Return the condition under which the viewer sees a row of the type at all, or may restore it.

        `proved` says that the row belongs to a cluster whose reach has been proved already.
        """
        conditions: list[Sql] = []
        if type_.removable:
            conditions.append((f"{alias}.deleted_at is {'not null' if removed else 'null'}",))
        if type_.scope is not None and not (proved and self.role in type_.scope.roles):
            conditions.append(self.expression(type_.scope.condition(self.role), alias))
        return conjunction(conditions)

    def select(self, template: str, alias: str) -> Sql:
        """Fill a declared select, in which `{Type}` stands for the rows of that type within scope."""
        scoped = _ScopedTypes(self)
        return text("(", expand(template, _Names(self._blanks(alias), scoped)), ")")


@dataclass(slots=True)
class _ScopedTypes:
    """Makes, for a type's name, the select of its rows within scope."""

    context: PlanningContext

    def rows(self, name: str) -> Sql:
        type_ = self.context.catalog.type(name)
        alias = self.context.alias()
        return text(
            f"(select {alias}.* from {type_.table} {alias} where ", self.context.visible(type_, alias), ")"
        )


class _Names(dict[str, Sql]):
    """The blanks of a declared select: fixed ones, and any public type."""

    def __init__(self, fixed: dict[str, Sql], scoped: _ScopedTypes) -> None:
        super().__init__(fixed)
        self._scoped = scoped

    def __missing__(self, name: str) -> Sql:
        return self._scoped.rows(name)
