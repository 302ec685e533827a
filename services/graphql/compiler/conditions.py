"""From a filter to a condition: operators on columns, and/or/not, through relations by `exists`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from services.graphql.compiler.catalog import Scalar, ToMany, ToOne
from services.graphql.compiler.scalars import (
    TERM,
    UUID,
    as_beginning,
    as_beginning_plain,
    as_contained,
    as_contained_plain,
    as_parameter,
    as_search_key,
    as_sort_key,
    row_id,
)
from services.graphql.compiler.slots import Arguments, ArgumentSlot, InputRefused
from services.graphql.compiler.sql import FALSE, TRUE, Sql, Value, conjunction, join, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from services.graphql.compiler.catalog import ObjectType
    from services.graphql.compiler.context import PlanningContext

Path = tuple[str | int, ...]
CONDITIONS_LIMIT: Final = 60
_COMPARISONS: Final = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


@dataclass(slots=True)
class Conditions:
    """The conditions of one filter argument; counts them so that a filter stays reasonable."""

    context: PlanningContext
    arguments: Arguments
    count: int = 0

    def of(self, filter_: Mapping[str, Any], type_: ObjectType, alias: str, path: Path) -> Sql:
        """Return the condition a filter means for the row under the alias."""
        parts: list[Sql] = []
        for name, value in filter_.items():
            here = (*path, name)
            if name == "and":
                parts.append(self._all(value, type_, alias, here, " and ", TRUE))
            elif name == "or":
                parts.append(self._all(value, type_, alias, here, " or ", FALSE))
            elif value is None:
                raise InputRefused(f"The condition `{name}` is null: leave it out or use `isNull`.")
            elif name == "not":
                parts.append(text("not coalesce(", self.of(value, type_, alias, here), ", false)"))
            else:
                parts.append(self._field(name, value, type_, alias, here))
        return text("(", conjunction(parts), ")") if len(parts) > 1 else conjunction(parts)

    def _all(
        self,
        filters: Any,
        type_: ObjectType,
        alias: str,
        path: Path,
        separator: str,
        empty: Sql,
    ) -> Sql:
        if not filters:
            return empty
        return text(
            "(",
            join(
                separator, [self.of(item, type_, alias, (*path, index)) for index, item in enumerate(filters)]
            ),
            ")",
        )

    def _field(self, name: str, value: Mapping[str, Any], type_: ObjectType, alias: str, path: Path) -> Sql:
        self.count += 1
        if self.count > CONDITIONS_LIMIT:
            raise InputRefused(f"A filter takes at most {CONDITIONS_LIMIT} conditions: split the query.")
        field = type_.fields[name]
        if isinstance(field, Scalar):
            return self._scalar(field, value, type_, alias, path)
        if isinstance(field, ToOne | ToMany):
            return self._related(field, value, alias, path)
        raise InputRefused(f"`{name}` cannot be filtered by.")

    def _scalar(
        self, field: Scalar, operators: Mapping[str, Any], type_: ObjectType, alias: str, path: Path
    ) -> Sql:
        if field.restricted and self.context.role not in field.restricted.roles:
            raise InputRefused(f"Filtering by `{field.name}` is not open to you.", "FORBIDDEN")
        operand = self.context.expression(field.sql, alias)
        key = self.context.expression(field.search, alias) if field.search else None
        folded = key if field.search and "khoosheh_squash" not in field.search else None
        parts: list[Sql] = []
        for operator, value in operators.items():
            here = (*path, operator)
            if value is None:
                raise InputRefused(f"`{field.name}.{operator}` is null: leave it out or use `isNull`.")
            match operator:
                case "isNull":
                    parts.append(text("(", operand, ") is null" if value else ") is not null"))
                case "contains" | "startsWith":
                    parts.append(self._text(operator, operand, key, here))
                case "gt" | "gte" | "lt" | "lte":
                    parts.append(self._comparison(operator, field, alias, here))
                case _:
                    parts.append(
                        self._equality(operator, field, folded or operand, type_, here, folded is not None)
                    )
        return conjunction(parts)

    def _equality(
        self,
        operator: str,
        field: Scalar,
        operand: Sql,
        type_: ObjectType,
        path: Path,
        folded: bool,
    ) -> Sql:
        convert: Callable[[Any], Any] = as_parameter
        if field.codec is UUID and field.name == "id":
            convert = row_id(type_.name)
        elif folded:
            convert = as_search_key
        kind = "text" if field.codec is TERM or folded else field.codec.parameter
        if operator in {"in", "notIn"}:
            value = self._value(path, convert, f"{kind}[]")
            return (
                text(operand, " = any(", value, ")")
                if operator == "in"
                else text("(", operand, " = any(", value, ")) is not true")
            )
        value = self._value(path, convert, kind)
        return text(operand, " = " if operator == "eq" else " is distinct from ", value)

    def _comparison(self, operator: str, field: Scalar, alias: str, path: Path) -> Sql:
        operand = self.context.expression(field.sort, alias)
        convert = as_sort_key if field.sort != field.sql else as_parameter
        return text(operand, f" {_COMPARISONS[operator]} ", self._value(path, convert, field.sort_type))

    def _text(self, operator: str, operand: Sql, key: Sql | None, path: Path) -> Sql:
        if key is None:
            convert = as_contained_plain if operator == "contains" else as_beginning_plain
            return text(operand, " like ", self._value(path, convert, "text"))
        convert = as_contained if operator == "contains" else as_beginning
        return text(key, " like ", self._value(path, convert, "text"))

    def _value(self, path: Path, convert: Callable[[Any], Any], kind: str) -> Value:
        return Value(ArgumentSlot(self.arguments, path, convert), kind)

    def _related(self, field: ToOne | ToMany, filter_: Mapping[str, Any], alias: str, path: Path) -> Sql:
        target = self.context.catalog.type(field.target)
        inner = self.context.alias()
        conditions = [
            link(field, alias, inner),
            self.context.visible(target, inner, proved=field.same_cluster),
            self.of(filter_, target, inner, path),
        ]
        # What is computed has no statistics: as a join the planner would expect next to nothing and compare every
        # pair of rows. `offset 0` keeps it a question that is asked of each row through the index of the relation.
        apart = " offset 0" if _asks_computed(filter_, target) else ""
        return text(
            f"exists (select 1 from {target.table} {inner} where ", conjunction(conditions), f"{apart})"
        )


def _asks_computed(filter_: Mapping[str, Any], type_: ObjectType) -> bool:
    """Whether a filter asks for a field of this very type that is computed from other rows."""
    for name, value in filter_.items():
        if name in {"and", "or"}:
            if any(_asks_computed(one, type_) for one in value or ()):
                return True
        elif name == "not":
            if _asks_computed(value or {}, type_):
                return True
        elif isinstance(field := type_.fields[name], Scalar) and "select" in field.sql:
            return True
    return False


def link(field: ToOne | ToMany, alias: str, inner: str) -> Sql:
    """Return the condition that ties the row `inner` of a relation to the row `alias`."""
    if isinstance(field, ToOne):
        return (f"{inner}.{field.far} = {alias}.{field.near}",)
    many = field.declaration
    if many.through is None:
        return (f"{inner}.{many.far} = {alias}.{many.near}",)
    joined = f"j.{many.through_near} = {alias}.{many.near} and j.deleted_at is null"
    return (f"{inner}.id in (select j.{many.through_far} from {many.through} j where {joined})",)
